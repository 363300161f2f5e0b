-- What journeys send: documents of one channel each, in versions. What is archived is out of the library, and is kept
-- for whatever sends it.
create table content_items (
  content_id  uuid primary key,
  brand_id    uuid not null,
  channel     text not null,
  name        text not null,
  -- the version in force
  version     integer not null default 1,
  archived_at timestamptz,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
) with (fillfactor = 70);
create index content_items_by_brand on content_items (brand_id, content_id desc);

create table content_versions (
  content_id  uuid not null,
  version     integer not null,
  name        text not null,
  document    json not null,
  created_by  json not null,
  created_at  timestamptz not null default now(),
  primary key (content_id, version)
);
