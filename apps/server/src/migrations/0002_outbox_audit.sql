-- Events are written in the transaction of the change they tell of: one row per transaction and brand, holding all
-- its events. The sealer gives each committed row its position and hash, so readers page by a gap-free cursor and
-- nobody can be overtaken by a transaction that commits late.
create table outbox (
  batch_id   uuid primary key,
  brand_id   uuid not null,
  position   bigint,
  event_count integer not null,
  events     json not null,
  digest     bytea not null,
  hash       bytea,
  created_at timestamptz not null default now()
);
-- json keeps the exact text (the digest covers it); events are read once or twice, so compressing them costs more than it saves.
alter table outbox alter column events set storage external;
create index outbox_unsealed on outbox (brand_id, batch_id) where position is null;
create unique index outbox_feed on outbox (brand_id, position, batch_id) where position is not null;

create table audit_log (
  entry_id   uuid primary key,
  brand_id   uuid not null,
  position   bigint,
  actor      json not null,
  action     text not null,
  target_kind text not null,
  target_id  text not null,
  before     json,
  after      json,
  reason     text,
  request_id text,
  at         timestamptz not null,
  digest     bytea not null,
  hash       bytea
);
create index audit_unsealed on audit_log (brand_id, entry_id) where position is null;
create index audit_by_brand on audit_log (brand_id, entry_id desc);
create index audit_by_target on audit_log (brand_id, target_kind, target_id, entry_id desc);

-- The last sealed position and hash of each chain: both the lock and the watermark of its sealer.
create table chain_heads (
  chain    text not null,
  brand_id uuid not null,
  position bigint not null default 0,
  hash     bytea not null,
  primary key (brand_id, chain)
);

create table jobs (
  job_id      uuid primary key,
  brand_id    uuid not null,
  kind        text not null,
  status      text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  input       jsonb not null,
  done        bigint not null default 0,
  total       bigint,
  result      jsonb,
  error       text,
  cancel_requested boolean not null default false,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  started_at  timestamptz,
  finished_at timestamptz
);
create index jobs_by_brand on jobs (brand_id, job_id desc);
