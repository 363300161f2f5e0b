-- What somebody was and came by when something happened: what numbers of a campaign are broken down by. The same for most
-- facts of an offer, so it is written once, under the first half of the SHA-256 of its text.
create table fact_profiles (
  brand_id    uuid not null,
  profile_id  uuid not null,
  -- a shared one; others are told apart by their batch
  code_key    uuid,
  batch_id    uuid,
  source      text,
  affiliate   text,
  segments    text[] not null default '{}',
  country     text,
  device      text,
  channel     text,
  primary key (brand_id, profile_id)
);

-- The rows behind the numbers of campaigns, but for money that is told by the platform.
create table facts (
  player_id   uuid not null,
  -- of a try its activation, else the event, with a number if it says several
  fact_id     uuid not null,
  brand_id    uuid not null,
  campaign_id uuid not null,
  measure     text not null,
  detail      text not null,
  currency    text not null,
  -- below 0 where something counted before is taken back
  count       smallint not null,
  -- minor units
  amount      bigint not null,
  at          timestamptz not null,
  -- null: nothing is known of it
  profile_id  uuid,
  -- the activation, bonus, code or message it is about
  about       uuid,
  primary key (player_id, fact_id)
);
create index facts_behind on facts (campaign_id, measure, at, fact_id);

-- Numbers by one property of a profile, in days of the brand's clock.
create table breakdown_days (
  brand_id    uuid not null,
  campaign_id uuid not null,
  day         date not null,
  dimension   text not null,
  -- '=' and a value that is told apart, '' for none, '*' for all the others
  value       text not null,
  measure     text not null,
  detail      text not null,
  currency    text not null,
  count       bigint not null,
  amount      numeric not null,
  primary key (campaign_id, dimension, day, value, measure, detail, currency)
);

-- Values that are told apart: so many of each campaign and dimension, the first that came.
create table breakdown_values (
  campaign_id uuid not null,
  dimension   text not null,
  value       text not null,
  brand_id    uuid not null,
  primary key (campaign_id, dimension, value)
);

alter table activation_deposits add column profile_id uuid;
create index activation_deposits_behind on activation_deposits (campaign_id, at, deposit_id);

-- whose days breakdown_days has: another zone than the brand's says that all is to be counted anew
alter table rollup_feeds add column breakdown_zone text;
update rollup_feeds set breakdown_zone = time_zone;
alter table rollup_feeds alter column breakdown_zone set not null;

-- The log has been counted without these: it is counted again from its beginning.
delete from rollups;
delete from rollup_days;
delete from rollup_brand_days;
delete from activation_deposits;
update rollup_feeds set position = 0;
update platform_events set counted = false where counted and type in ('deposit.succeeded', 'deposit.reversed');
