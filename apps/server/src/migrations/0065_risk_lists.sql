-- Who, and what, is blocked or allowed whatever the indicators say. identifier_key is that of identity links, made of the
-- brand, the kind and the normalised value: a listed player is the identifier of kind `player`. One word about each.
create table risk_lists (
  identifier_key uuid primary key,
  brand_id    uuid not null,
  list        text not null check (list in ('blocked', 'allowed')),
  kind        text not null,
  -- what staff may see of the value
  hint        text not null,
  -- of kind `player`: the platform's id
  player_external_id text,
  reason      text not null,
  expires_at  timestamptz,
  created_by  json not null,
  -- orders the lists of a brand; made anew when somebody says something else
  entry_id    uuid not null,
  created_at  timestamptz not null
);
create index risk_lists_by_brand on risk_lists (brand_id, entry_id desc);
create index risk_lists_over on risk_lists (expires_at) where expires_at is not null;
