-- What a job that takes bonuses back has to do, and what came of each: an activation is taken back by itself, so that
-- what its player plays meanwhile is either before it or after it.
create table take_backs (
  job_id      uuid not null,
  activation_id uuid not null,
  brand_id    uuid not null,
  player_external_id text not null,
  -- null: not done yet. `taken`: its open bonuses were; `paid`: at least one had become real money by then and stays;
  -- `nothing`: it held none any more
  result      text check (result in ('taken', 'paid', 'nothing')),
  taken       integer not null default 0,
  paid        integer not null default 0,
  primary key (job_id, activation_id)
);
create index take_backs_due on take_backs (job_id, activation_id) where result is null;
