-- Filters of lists that a member of staff keeps for themselves, as the search string of the list's address.
create table saved_views (
  staff_id   uuid not null,
  brand_id   uuid not null,
  page       text not null,
  name       text not null,
  query      text not null,
  updated_at timestamptz not null default now(),
  primary key (staff_id, brand_id, page, name)
);
