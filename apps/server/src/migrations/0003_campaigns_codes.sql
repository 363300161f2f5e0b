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
  -- the request a second person has to decide before the campaign moves on, and the edit it carries, if it carries one
  approval_id uuid,
  pending_version integer,
  -- whether codes were made for it that may still work: a draft with codes cannot be deleted, and when a campaign is
  -- archived its codes expire
  has_codes   boolean not null default false,
  created_by  json not null,
  revision    integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index campaigns_by_brand on campaigns (brand_id, campaign_id desc);
create index campaigns_starting on campaigns (starts_at) where status = 'scheduled';
create index campaigns_expiring_codes on campaigns (campaign_id) where status = 'archived' and has_codes;
create index campaigns_ending on campaigns (ends_at) where status in ('active', 'paused', 'scheduled');

create table campaign_versions (
  campaign_id uuid not null,
  version     integer not null,
  definition  json not null,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  primary key (campaign_id, version)
);

-- Codes made together. While a batch is being made nobody can see its codes in full or draw from it.
create table code_batches (
  batch_id    uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid not null,
  kind        text not null check (kind in ('generated', 'sealed', 'imported')),
  code_kind   text not null check (code_kind in ('shared', 'unique', 'personal')),
  status      text not null check (status in ('pending_approval', 'making', 'ready', 'rejected', 'cancelled', 'failed', 'disabled')),
  pattern     text,
  alphabet    text,
  -- how many codes were asked for, and how many there are
  requested   bigint,
  size        bigint not null default 0,
  job_id      uuid,
  approval_id uuid,
  created_by  json not null,
  created_at  timestamptz not null default now()
);
create index code_batches_by_brand on code_batches (brand_id, batch_id desc);
create index code_batches_by_campaign on code_batches (campaign_id, batch_id desc);

-- code_key is the truncated HMAC of brand and normalised text under the server's pepper: the look-up key and the
-- code's public id. uses/reserved are the code's own limit counter: a code is exhausted when they reach max_uses.
create table codes (
  code_key    uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid not null,
  -- what made the code: a batch, or for a code made on its own an id that nothing else has. It is a UUIDv7, so it also
  -- says which codes are newest, and one index serves the lists of a brand, a campaign and a batch.
  batch_id    uuid not null,
  -- its number within what made it. Indexes that end with it grow at one end, which is what makes a million inserts quick.
  position    integer not null default 0,
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
-- Each further index on a random column costs a batch of a million codes three seconds.
create index codes_listed on codes (brand_id, campaign_id, batch_id, position);
create index codes_undrawn on codes (batch_id, position) where kind = 'unique' and state = 'active' and holder_id is null;
create index codes_by_holder on codes (holder_id, code_key) where holder_id is not null;
create index codes_expiring on codes (ends_at, code_key) where ends_at is not null and state in ('generated', 'active');
