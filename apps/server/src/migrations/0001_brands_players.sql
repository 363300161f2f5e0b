create table brands (
  brand_id    uuid primary key,
  slug        text not null unique,
  name        text not null,
  time_zone   text not null,
  currency    text not null,
  settings    jsonb not null default '{}',
  -- key material for verifying the platform's player tokens, encrypted under the server's secret key
  player_token_secret bytea,
  revision    integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);

-- player_id is a UUIDv5 of (brand_id, external_id): unique by construction, and found without a look-up.
create table players (
  player_id       uuid primary key,
  brand_id        uuid not null,
  external_id     text not null,
  email           text,
  email_canonical text,
  phone           text,
  country         text,
  currency        text,
  language        text,
  birth_date      date,
  registered_at   timestamptz,
  kyc_status      text,
  vip_level       integer,
  email_verified  boolean,
  segments        text[] not null default '{}',
  self_excluded_until timestamptz,
  bonus_blocked   boolean not null default false,
  consents        jsonb not null default '{}',
  household       text,
  deposit_count   integer not null default 0,
  total_deposits  bigint not null default 0,
  last_deposit_at timestamptz,
  last_login_at   timestamptz,
  properties      jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
create index players_by_brand on players (brand_id, created_at desc, player_id);
create index players_by_email on players (brand_id, email_canonical) where email_canonical is not null;
