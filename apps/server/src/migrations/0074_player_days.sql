-- From when on a wallet's sums by day are to be made anew; null while they are right. It is written with the wallet, by
-- whoever holds its row, so that no change is missed however late it commits. Those that are there are summed up once.
alter table wallets add column days_stale_since timestamptz default '-infinity';
alter table wallets alter column days_stale_since drop default;
create index wallets_days_stale on wallets (brand_id, player_id, currency) where days_stale_since is not null;

-- What each player did in a day of the brand's clock, by currency: made of stored bets, entries of wallets and bonuses.
-- Minor units, but for the counts.
create table player_days (
  player_id   uuid not null,
  day         date not null,
  currency    text not null,
  brand_id    uuid not null,
  -- bets that stand, or stakes where wins are told apart
  bets        integer not null,
  staked      bigint not null,
  -- the part of it that was bonus money
  bonus_staked bigint not null,
  won         bigint not null,
  -- deposits that stand
  deposits    integer not null,
  deposited   bigint not null,
  withdrawn   bigint not null,
  -- bonus money that became real, and what was paid as cash
  bonus_cost  bigint not null,
  primary key (player_id, day, currency)
);
create index player_days_by_brand on player_days (brand_id, day);

-- How far a brand's feed has been read for this, and by whose days: both the lock and the watermark of who sums up.
create table player_day_feeds (
  brand_id    uuid primary key,
  position    bigint not null default 0,
  time_zone   text not null
) with (fillfactor = 50);

-- When a player first had a code of a campaign taken, whatever became of it later.
create table first_activations (
  player_id   uuid not null,
  campaign_id uuid not null,
  brand_id    uuid not null,
  at          timestamptz not null,
  primary key (player_id, campaign_id)
);
create index first_activations_by_campaign on first_activations (campaign_id, at, player_id);
create index first_activations_by_brand on first_activations (brand_id, player_id, at);

-- Cohorts of who registered when.
create index players_by_registration on players (brand_id, registered_at, player_id);

-- Reports that are counted in the background and read as they are: the cohorts of a brand, a campaign or an experiment,
-- what came of an experiment, the uplift of a journey.
create table kept_reports (
  brand_id    uuid not null,
  kind        text not null,
  -- what it is about; the brand's own id where it is the whole brand
  subject_id  uuid not null,
  body        jsonb not null,
  counted_at  timestamptz not null,
  -- when it is counted again, which is the rarer the longer it takes
  due_at      timestamptz not null,
  -- a report nobody has asked for in a while is counted no more
  asked_at    timestamptz not null default now(),
  primary key (brand_id, kind, subject_id)
) with (fillfactor = 70);
create index kept_reports_due on kept_reports (due_at);
