-- What staff asked to grant by hand, once per idempotency key: so that a repetition grants nothing more.
create table hand_grants (
  player_id   uuid not null,
  request_key text not null,
  brand_id    uuid not null,
  digest      text not null,
  grant_id    uuid not null,
  -- the request for a second person it waited for, as it was answered
  approval    json,
  created_at  timestamptz not null default now(),
  primary key (player_id, request_key)
);
