-- What people are known by: devices, addresses, mailboxes, telephones, cards, households. Nothing readable is kept but a
-- masked hint; the key is made of the brand, the kind and the normalised value under a secret of the server.
create table risk_identifiers (
  identifier_key uuid primary key,
  brand_id    uuid not null,
  kind        text not null check (kind in ('device', 'address', 'email', 'phone', 'payment', 'household')),
  hint        text not null,
  -- accounts linked by it now, and the first of them: most often there is one, and nobody has to look who
  players     integer not null check (players >= 0),
  first_player_id uuid,
  first_seen_at timestamptz not null
) with (fillfactor = 70);

-- Which account was seen with which. One that a person removed stays, so that it is not made again.
create table risk_links (
  identifier_key uuid not null,
  player_id   uuid not null,
  brand_id    uuid not null,
  kind        text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  removed_at  timestamptz,
  primary key (identifier_key, player_id)
) with (fillfactor = 85);
create index risk_links_by_player on risk_links (player_id, identifier_key) where removed_at is null;

-- Accounts that are linked with each other by anything but addresses and households, however far around.
create table risk_clusters (
  brand_id    uuid not null,
  cluster_id  uuid not null,
  players     integer not null check (players > 1),
  changed_at  timestamptz not null,
  primary key (brand_id, cluster_id)
);
create index risk_clusters_by_size on risk_clusters (brand_id, players desc, cluster_id desc);

-- What is known of a player's past, and what it adds up to.
create table risk_profiles (
  player_id   uuid primary key,
  brand_id    uuid not null,
  -- since when it has been waiting to be worked out anew
  due_at      timestamptz,
  findings    jsonb not null default '[]',
  cluster_id  uuid,
  score       integer not null default 0,
  band        text not null default 'allow' check (band in ('allow', 'flag', 'hold', 'decline')),
  -- of the policy
  policy      integer,
  assessed_at timestamptz
) with (fillfactor = 70);
create index risk_profiles_due on risk_profiles (due_at) where due_at is not null;
-- what was found is looked at again after a while
create index risk_profiles_found on risk_profiles (assessed_at) where findings <> '[]';
create index risk_profiles_by_cluster on risk_profiles (cluster_id) where cluster_id is not null;

-- What the platform told people are known by, until it is linked.
create table risk_sightings (
  player_id   uuid not null,
  sighting_id uuid not null,
  brand_id    uuid not null,
  -- [{kind, key, hint}]
  identifiers json not null,
  at          timestamptz not null,
  primary key (player_id, sighting_id)
);
create index risk_sightings_by_brand on risk_sightings (brand_id, sighting_id);

-- How far a brand's feed has been looked through for links. Whoever changes links of a brand holds its row.
create table risk_feeds (
  brand_id    uuid primary key,
  position    bigint not null default 0
) with (fillfactor = 50);
