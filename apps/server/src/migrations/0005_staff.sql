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
