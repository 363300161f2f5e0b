-- A running job is held by a lease: whoever holds it renews it, and when it runs out another process goes on from the
-- checkpoint. `attempt` counts the holders; every write of a job names the attempt it belongs to, so a holder that was
-- given up for dead writes nothing more. `failures` counts the ends without progress since the last step, deaths of the
-- whole process included: a job that kills its server is given up too.
alter table jobs
  add column attempt integer not null default 0,
  add column failures integer not null default 0,
  add column lease_until timestamptz,
  add column checkpoint jsonb;
create index jobs_waiting on jobs (coalesce(lease_until, created_at)) where status in ('queued', 'running');
