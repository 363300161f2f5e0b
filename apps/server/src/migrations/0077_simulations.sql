-- Campaigns run over the past. How far one is stands with its job; what came out is written when that ends.
create table simulations (
  simulation_id uuid primary key,
  brand_id    uuid not null,
  campaign_id uuid not null,
  version     integer not null,
  -- days of the brand's clock, the last one included
  from_day    date not null,
  to_day      date not null,
  assume      json not null,
  job_id      uuid not null,
  result      json,
  created_by  json not null,
  created_at  timestamptz not null default now()
);
create index simulations_by_campaign on simulations (campaign_id, simulation_id desc);
