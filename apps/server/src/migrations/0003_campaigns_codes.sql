create table campaigns (
  campaign_id uuid primary key,
  brand_id    uuid not null,
  name        text not null,
  status      text not null check (status in ('draft', 'pending_approval', 'scheduled', 'active', 'paused', 'ended', 'archived')),
  -- the version in force; a version once written never changes, so it is the terms snapshot of every grant under it
  version     integer not null,
  starts_at   timestamptz,
  ends_at     timestamptz,
  pause_reason text,
  created_by  json not null,
  revision    integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index campaigns_by_brand on campaigns (brand_id, campaign_id desc);
create index campaigns_starting on campaigns (starts_at) where status = 'scheduled';
create index campaigns_ending on campaigns (ends_at) where status in ('active', 'paused', 'scheduled');

create table campaign_versions (
  campaign_id uuid not null,
  version     integer not null,
  definition  json not null,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  primary key (campaign_id, version)
);

create table code_batches (
  batch_id    uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid not null,
  kind        text not null check (kind in ('generated', 'sealed', 'imported')),
  code_kind   text not null check (code_kind in ('shared', 'unique', 'personal')),
  pattern     text,
  size        bigint not null default 0,
  job_id      uuid,
  created_by  json not null,
  created_at  timestamptz not null default now()
);
create index code_batches_by_campaign on code_batches (campaign_id, batch_id desc);

-- code_key is the truncated HMAC of brand and normalised text under the server's pepper: the look-up key and the
-- code's public id. uses/reserved are the code's own limit counter: a code is exhausted when they reach max_uses.
create table codes (
  code_key    uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid not null,
  batch_id    uuid,
  kind        text not null check (kind in ('shared', 'unique', 'personal')),
  state       text not null default 'active' check (state in ('generated', 'active', 'expired', 'disabled')),
  uses        bigint not null default 0 check (uses >= 0),
  reserved    bigint not null default 0 check (reserved >= 0),
  max_uses    bigint check (max_uses >= 0),
  holder_id   uuid,
  starts_at   timestamptz,
  ends_at     timestamptz,
  last4       text not null,
  -- shared codes only: they are public by nature
  shared_text text,
  -- unique and personal codes: encrypted for export
  sealed_text bytea,
  disabled_reason text,
  distributed_at timestamptz,
  created_at  timestamptz not null default now()
) with (fillfactor = 85);
create index codes_by_campaign on codes (campaign_id, created_at desc, code_key);
create index codes_by_batch on codes (batch_id, code_key) where batch_id is not null;
create index codes_by_holder on codes (holder_id) where holder_id is not null;
create index codes_expiring on codes (ends_at) where ends_at is not null and state in ('generated', 'active');
