-- Control groups, and A/B of codes, campaigns and journeys. What an experiment is decided by never changes.
create table experiments (
  brand_id    uuid not null,
  experiment_id uuid not null,
  name        text not null,
  -- arms, baseline, population, metric, currency, method, days that count, players expected
  definition  jsonb not null,
  starts_at   timestamptz not null,
  -- nobody is assigned from then on
  ends_at     timestamptz,
  created_by  jsonb not null,
  created_at  timestamptz not null default now(),
  primary key (brand_id, experiment_id)
);

-- Which arm a player is in, by its place among the arms: dealt by a hash, recorded when it was first asked for.
create table experiment_assignments (
  player_id   uuid not null,
  experiment_id uuid not null,
  brand_id    uuid not null,
  arm         smallint not null,
  assigned_at timestamptz not null default now(),
  primary key (player_id, experiment_id)
);
create index experiment_assignments_of_experiment on experiment_assignments (experiment_id, player_id) include (arm, assigned_at);
