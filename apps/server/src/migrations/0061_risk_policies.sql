-- What indicators of abuse weigh and what their sum leads to; a version never changes, and the last one counts.
create table risk_policies (
  brand_id    uuid not null,
  version     integer not null check (version > 0),
  points      jsonb not null,
  bands       jsonb not null,
  reason      text not null,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  primary key (brand_id, version)
);
