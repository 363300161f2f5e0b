-- The custom properties a brand's players may have; rules know them as player.properties.<name>.
create table properties (
  brand_id   uuid not null,
  name       text not null,
  type       text not null check (type in ('string', 'number', 'boolean', 'list')),
  label      text not null,
  example    jsonb not null,
  created_by json not null,
  created_at timestamptz not null default now(),
  primary key (brand_id, name)
);

-- For finding players by the beginning of their external id; "C" so that like 'prefix%' can use it.
create index players_by_external_id on players (brand_id, external_id collate "C");
