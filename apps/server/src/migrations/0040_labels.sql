-- Label tags: named values in content. A version once written never changes.
create table labels (
  label_id   uuid primary key,
  brand_id   uuid not null,
  name       text not null,
  kind       text not null check (kind in ('text', 'function', 'code')),
  version    integer not null,
  archived   boolean not null default false,
  created_by json not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index labels_by_name on labels (brand_id, name collate "C");

create table label_versions (
  label_id   uuid not null,
  version    integer not null,
  definition json not null,
  created_by json not null,
  created_at timestamptz not null default now(),
  primary key (label_id, version)
);

-- The code each message got of a label tag, so that a message prepared again gets the same one. Without a code it is a
-- claim that another transaction waits for.
create table label_draws (
  player_id  uuid not null,
  message_id uuid not null,
  name       text not null,
  batch_id   uuid not null,
  code_key   uuid,
  drawn_at   timestamptz not null default now(),
  primary key (player_id, message_id, name)
);
