-- How far a brand's feed has been counted: both the lock and the watermark of who counts.
create table rollup_feeds (
  brand_id    uuid primary key,
  position    bigint not null default 0,
  -- whose days rollup_days has
  time_zone   text not null
) with (fillfactor = 50);

-- What happened, counted once: by quarters of an hour, which the days of every time zone are made of.
create table rollups (
  brand_id    uuid not null,
  slot        timestamptz not null,
  -- null: of no campaign, as tries of unknown codes are
  campaign_id uuid,
  -- what is counted, and a finer word for it: the key of a refusal, the kind of a bonus
  measure     text not null,
  detail      text not null,
  -- empty where no money is counted
  currency    text not null,
  count       bigint not null,
  -- minor units; without a bound, because it is a sum
  amount      numeric not null
);
create unique index rollups_key on rollups (brand_id, slot, campaign_id, measure, detail, currency) nulls not distinct;

-- The same by days of the brand's clock, which is all that screens read.
create table rollup_days (
  brand_id    uuid not null,
  day         date not null,
  campaign_id uuid,
  measure     text not null,
  detail      text not null,
  currency    text not null,
  count       bigint not null,
  amount      numeric not null
);
create unique index rollup_days_key on rollup_days (brand_id, day, campaign_id, measure, detail, currency) nulls not distinct;
create index rollup_days_by_campaign on rollup_days (brand_id, campaign_id, measure, day) include (count);

-- Deposits that are counted for an activation: the rows behind their sums, and what to take back when that changes.
create table activation_deposits (
  player_id   uuid not null,
  deposit_id  text not null,
  brand_id    uuid not null,
  activation_id uuid not null,
  campaign_id uuid not null,
  currency    text not null,
  -- minor units
  amount      bigint not null,
  -- when the deposit was made
  at          timestamptz not null,
  primary key (player_id, deposit_id)
);

-- Deposits are not in the feed: whether one has been looked at is kept with it, so that none is missed however late the
-- transaction commits that told of it.
alter table platform_events add column counted boolean not null default false;
create index platform_events_uncounted on platform_events (brand_id, player_id, event_id)
  where not counted and type in ('deposit.succeeded', 'deposit.reversed');
