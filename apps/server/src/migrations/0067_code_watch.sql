-- How often codes are tried, in slots of ten minutes: shared codes each for themselves, all others of a campaign together.
create table code_tries (
  -- the key of a shared code, or the id of a campaign
  watched_id  uuid not null,
  slot        timestamptz not null,
  brand_id    uuid not null,
  campaign_id uuid not null,
  is_code     boolean not null,
  tries       integer not null,
  accepted    integer not null,
  primary key (watched_id, slot)
) with (fillfactor = 80);
create index code_tries_by_brand on code_tries (brand_id, slot);
create index code_tries_by_age on code_tries (slot);

-- Who tried a code that was meant for somebody else.
create table code_strangers (
  code_key    uuid not null,
  player_id   uuid not null,
  brand_id    uuid not null,
  campaign_id uuid not null,
  player_external_id text not null,
  tries       integer not null,
  first_at    timestamptz not null,
  primary key (code_key, player_id)
);
create index code_strangers_by_brand on code_strangers (brand_id, first_at desc);

-- How far a brand's feed has been counted: both the lock and the watermark of who counts.
create table code_watch_feeds (
  brand_id    uuid primary key,
  position    bigint not null default 0
) with (fillfactor = 50);

create table code_watch_settings (
  brand_id    uuid primary key,
  settings    jsonb not null,
  revision    integer not null,
  changed_by  json not null,
  changed_at  timestamptz not null
);

-- Batches whose untouched holders got fresh codes, once each. made_from: what made the old codes.
create table code_reissues (
  brand_id    uuid not null,
  made_from   uuid not null,
  batch_id    uuid not null,
  players     integer not null,
  created_by  json not null,
  created_at  timestamptz not null,
  primary key (brand_id, made_from)
);

-- What came of a code or a campaign before.
create index risk_cases_by_subject on risk_cases (brand_id, subject, case_id desc);
