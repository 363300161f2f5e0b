-- A bonus on its way to an outside system, or its cancellation: tried again until it is taken or refused for good.
-- The bonus's id is what the outside knows it by, so a repetition does no harm.
create table deliveries (
  player_id   uuid not null,
  delivery_id uuid not null,
  brand_id    uuid not null,
  grant_id    uuid not null,
  -- which part of the server sends it: 'engine', 'freespins', 'special'
  target      text not null,
  operation   text not null check (operation in ('issue', 'cancel')),
  payload     json not null,
  -- waiting: due, under way, or until its next attempt; failed: given up, until somebody tries again; withdrawn: the
  -- bonus was cancelled before it was taken
  state       text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed', 'refused', 'withdrawn')),
  -- attempts ever made: a result is only written by the attempt that is the latest
  attempts    integer not null default 0,
  -- how many of them failed since the delivery was last queued: its place in the back-off table
  failures    integer not null default 0,
  -- while an attempt is under way, when it counts as lost
  next_attempt_at timestamptz default now(),
  last_attempt_at timestamptz,
  last_error  text,
  -- what the outside answered last
  response    json,
  created_at  timestamptz not null default now(),
  changed_at  timestamptz not null default now(),
  primary key (player_id, delivery_id)
);
create unique index deliveries_once on deliveries (player_id, grant_id, operation);
create index deliveries_due on deliveries (brand_id, target, next_attempt_at) where state = 'waiting';
create index deliveries_by_brand on deliveries (brand_id, delivery_id desc);
create index deliveries_failed on deliveries (brand_id, delivery_id desc) where state in ('failed', 'refused');

-- The outside engine that keeps a brand's money bonuses; without a row, or disabled, this server keeps them.
create table bonus_engines (
  brand_id    uuid primary key,
  engine_id   uuid not null,
  url         text not null,
  enabled     boolean not null,
  -- encrypted under the server's secret key; the previous one signs too until its time is over
  secret      bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);

create index bonus_engines_by_id on bonus_engines (engine_id);

-- Of a bonus that an outside engine keeps: the balance it told last, minor units. Null of a bonus that is kept here; the
-- books have accounts of those alone, and balance stays 0 for the others.
alter table grants add column outside_balance bigint check (outside_balance >= 0);

-- What an outside engine told of its bonuses, once per report.
create table engine_reports (
  player_id   uuid not null,
  report_id   text not null,
  brand_id    uuid not null,
  grant_id    uuid not null,
  digest      text not null,
  answer      json not null,
  received_at timestamptz not null default now(),
  primary key (player_id, report_id)
);
