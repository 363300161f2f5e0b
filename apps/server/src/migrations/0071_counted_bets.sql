-- Whose bets of which quarters of an hour were told or rolled back and have not been looked at since: appended by the
-- transaction that tells of them, a row for all its bets, so that a bet is written once.
create table bet_marks (
  brand_id    uuid not null,
  mark_id     uuid not null,
  -- a player and a quarter of an hour each
  player_ids  uuid[] not null,
  slots       timestamptz[] not null,
  created_at  timestamptz not null default now(),
  primary key (brand_id, mark_id)
);

-- Bets that count for an activation, by quarters of an hour: the rows behind their sums, and what to take back when that
-- changes.
create table activation_bets (
  player_id   uuid not null,
  slot        timestamptz not null,
  activation_id uuid not null,
  currency    text not null,
  brand_id    uuid not null,
  campaign_id uuid not null,
  profile_id  uuid,
  bets        integer not null,
  -- minor units
  staked      bigint not null,
  won         bigint not null,
  primary key (player_id, slot, activation_id, currency)
);
create index activation_bets_behind on activation_bets (campaign_id, slot);
