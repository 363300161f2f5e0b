create table webhook_endpoints (
  endpoint_id uuid primary key,
  brand_id    uuid not null,
  url         text not null,
  description text not null,
  -- null: all, also those added later
  event_types text[],
  -- a deleted endpoint goes once its deliveries are gone
  status      text not null default 'enabled' check (status in ('enabled', 'disabled', 'deleted')),
  disabled_reason text check (disabled_reason in ('by_hand', 'gone')),
  -- encrypted under the server's secret key; the previous one signs too until its time is over
  secret      bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  -- the first failed attempt since the last success
  failing_since timestamptz,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index webhook_endpoints_by_brand on webhook_endpoints (brand_id, endpoint_id desc);

-- How far the brand's feed has been turned into deliveries: both the lock and the watermark of who does it.
create table webhook_cursors (
  endpoint_id uuid primary key,
  position    bigint not null
) with (fillfactor = 50);

-- One row per endpoint and event, so that a delivery can never be made twice. The event itself stays in the outbox.
create table webhook_deliveries (
  endpoint_id uuid not null,
  event_id    uuid not null,
  batch_id    uuid not null,
  position    bigint not null,
  event_index integer not null,
  event_type  text not null,
  -- pending: due or under way; failed: waits for its next attempt
  status      text not null default 'pending' check (status in ('pending', 'failed', 'succeeded', 'abandoned')),
  -- attempts ever made: a result is only written by the attempt that is the latest
  attempts    integer not null default 0,
  -- how many of them failed since the delivery was last queued: its place in the back-off table
  failures    integer not null default 0,
  -- while an attempt is under way, when it counts as lost
  next_attempt_at timestamptz default now(),
  last_attempt_at timestamptz,
  last_duration_ms integer,
  last_status integer,
  last_error  text,
  last_response text,
  created_at  timestamptz not null default now(),
  primary key (endpoint_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at, event_id)
  where status in ('pending', 'failed');
create index webhook_deliveries_abandoned on webhook_deliveries (endpoint_id, event_id) where status = 'abandoned';
create index webhook_deliveries_by_type on webhook_deliveries (endpoint_id, event_type, event_id);
