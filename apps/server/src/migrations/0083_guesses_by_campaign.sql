-- Waves of guesses are of a brand, or of the codes of one of its campaigns. Those that go on are found again at the next look.
drop table guess_waves;
create table guess_waves (
  -- the campaign, or the brand
  target_id   uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid,
  since       timestamptz not null,
  until       timestamptz not null,
  -- of the look that said so last: wrong codes, and codes there are, of about ten minutes
  wrong       integer not null,
  known       integer not null
);
create index guess_waves_by_brand on guess_waves (brand_id);

-- Codes there are not that look like those of a campaign, by minutes, for an hour.
create table wrong_codes (
  campaign_id uuid not null,
  minute      timestamptz not null,
  brand_id    uuid not null,
  wrong       integer not null,
  primary key (campaign_id, minute)
);
create index wrong_codes_by_minute on wrong_codes (minute);
