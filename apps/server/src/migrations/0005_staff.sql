-- How the platform's player tokens are verified; the secrets are in player_token_secret, encrypted.
alter table brands add column player_tokens jsonb;

-- API keys. Only the SHA-256 of the secret is kept: it has 256 random bits, so it needs neither salt nor stretching.
create table api_keys (
  key_id       uuid primary key,
  brand_id     uuid not null,
  name         text not null,
  kind         text not null check (kind in ('secret', 'publishable')),
  scopes       text[] not null,
  hash         bytea not null unique,
  hint         text not null,
  -- the person behind the key, or the first key of a line of keys that no person made: four-eyes approval compares it
  principal    text not null,
  created_by   json not null,
  replaced_by  uuid,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);
create index api_keys_by_brand on api_keys (brand_id, key_id desc);

-- A person, who may work for several brands. staff and the four tables after it have the shape better-auth expects.
create table staff (
  id             uuid primary key,
  email          text not null unique,
  name           text not null,
  email_verified boolean not null default false,
  image          text,
  two_factor_enabled boolean not null default false,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);

create table staff_accounts (
  id          uuid primary key,
  staff_id    uuid not null,
  provider_id text not null,
  account_id  text not null,
  -- Argon2id
  password    text,
  access_token text,
  refresh_token text,
  id_token    text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope       text,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  unique (staff_id, provider_id)
);

create table staff_sessions (
  id         uuid primary key,
  staff_id   uuid not null,
  token      text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index staff_sessions_by_staff on staff_sessions (staff_id);
create index staff_sessions_by_end on staff_sessions (expires_at);

create table staff_verifications (
  id         uuid primary key,
  identifier text not null,
  value      text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index staff_verifications_by_identifier on staff_verifications (identifier);
create index staff_verifications_by_end on staff_verifications (expires_at);

-- secret and backup codes are encrypted
create table staff_two_factor (
  id           uuid primary key,
  staff_id     uuid not null unique,
  secret       text not null,
  backup_codes text not null,
  verified     boolean not null default true,
  failed_verifications integer not null default 0,
  locked_until timestamptz,
  -- keyed hash of the code that last signed in: RFC 6238 lets each be used once
  last_code    bytea
);

create table memberships (
  staff_id   uuid not null,
  brand_id   uuid not null,
  role       text not null check (role in ('owner', 'administrator', 'marketing', 'fraud_analyst', 'support', 'data_analyst')),
  status     text not null check (status in ('invited', 'active', 'suspended')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (staff_id, brand_id)
);
create index memberships_by_brand on memberships (brand_id, staff_id desc);

-- What an invited person proves themselves with: SHA-256 of a random token. One invitation per membership.
create table invitations (
  staff_id   uuid not null,
  brand_id   uuid not null,
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  primary key (staff_id, brand_id)
);

-- Failed sign-ins, by a keyed hash of whom and where.
create table sign_in_failures (
  throttle_key text primary key,
  failures     integer not null,
  window_ends  timestamptz not null
);
create index sign_in_failures_by_end on sign_in_failures (window_ends);
