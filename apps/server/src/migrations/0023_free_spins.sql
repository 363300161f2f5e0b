-- Where a brand's free spins are ordered: providers of games, by the name that rewards call them.
create table free_round_providers (
  brand_id    uuid not null,
  name        text not null,
  -- how it is spoken to and how both sides sign
  shape       text not null check (shape in ('hmac256', 'formsha1', 'md5query')),
  base_url    text not null,
  -- what the provider knows the brand by: a casino's or merchant's id
  account_id  text not null,
  -- encrypted under the server's secret key
  secret      bytea not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, name)
);

-- Spins ordered at a provider, one order for each grant, under the grant's id. The row is made before the order is
-- first sent, so that whatever the provider tells has a place. A delivery that failed shows on the grant.
create table free_spin_packages (
  player_id   uuid not null,
  grant_id    uuid not null,
  brand_id    uuid not null,
  campaign_id uuid not null,
  player_external_id text not null,
  provider    text not null,
  currency    text not null,
  count       integer not null check (count > 0),
  -- minor units
  spin_value  bigint not null check (spin_value > 0),
  win_cap     bigint check (win_cap >= 0),
  state       text not null default 'pending' check (state in ('pending', 'issued', 'playing', 'finished', 'cancelled', 'expired')),
  played      integer not null default 0 check (played between 0 and count),
  won         bigint not null default 0 check (won >= 0),
  -- what of it was paid, as cash or as a bonus
  credited    bigint not null default 0 check (credited >= 0),
  -- what of it waits for a person instead, because the grant was over when it was told
  referred    bigint not null default 0 check (referred >= 0),
  -- the provider's own name of the order
  provider_reference text,
  -- how the spins are to end before they are played out, since when and why
  ending      text check (ending in ('cancelled', 'expired')),
  ending_at   timestamptz,
  ending_reason text,
  -- when something has to be done although nobody calls: they expire, or the provider's last word did not come
  due_at      timestamptz,
  -- null until the order may have reached the provider
  sent_at     timestamptz,
  issued_at   timestamptz,
  expires_at  timestamptz,
  over_at     timestamptz,
  created_at  timestamptz not null default now(),
  changed_at  timestamptz not null default now(),
  primary key (grant_id, player_id),
  check (credited + referred <= least(won, win_cap))
);
create index free_spin_packages_by_player on free_spin_packages (player_id, grant_id desc);
create index free_spin_packages_by_brand on free_spin_packages (brand_id, grant_id desc);
create index free_spin_packages_due on free_spin_packages (due_at) where due_at is not null;
create index free_spin_packages_open on free_spin_packages (brand_id, provider) where state in ('pending', 'issued', 'playing');

-- What providers told, once per transaction of theirs, with what they were answered.
create table free_spin_callbacks (
  player_id   uuid not null,
  grant_id    uuid not null,
  transaction_id text not null,
  -- of the callback's content: the same transaction never means two things
  digest      text not null,
  answer      json not null,
  received_at timestamptz not null default now(),
  primary key (player_id, grant_id, transaction_id)
);
