-- What a brand's events carry: client actions and custom events that were seen, registered by hand, or that content
-- raises when it is shown.
create table event_keys (
  brand_id    uuid not null,
  -- client_action:<NAME> or event:<type>
  key         text collate "C" not null,
  -- content raises it: no browser may
  reserved    boolean not null default false,
  -- who registered it by hand
  registered_by json,
  first_seen_at timestamptz,
  -- to the hour
  last_seen_at timestamptz,
  primary key (brand_id, key)
);

create table event_fields (
  brand_id    uuid not null,
  key         text collate "C" not null,
  -- dotted when it is inside of another
  name        text collate "C" not null,
  -- mixed: seen with values of several types. Only what was discovered ever changes its type
  type        text not null check (type in
    ('string', 'int', 'double', 'bool', 'timestamp', 'list<string>', 'list<double>', 'mixed')),
  label       text,
  example     jsonb not null,
  origin      text not null check (origin in ('manual', 'content', 'discovered')),
  first_seen_at timestamptz,
  last_seen_at timestamptz,
  primary key (brand_id, key, name)
);

insert into event_keys (brand_id, key, reserved, first_seen_at, last_seen_at)
select brand_id, 'client_action:' || name, reserved, first_seen_at, first_seen_at from client_actions;

-- From here on a name is reserved when content is saved: for what was saved before, now.
insert into event_keys as k (brand_id, key, reserved)
select distinct i.brand_id, 'client_action:' || (v.document ->> 'whenShown'), true
from content_versions v join content_items i using (content_id)
where v.document ->> 'whenShown' is not null
on conflict (brand_id, key) do update set reserved = true;

insert into event_fields (brand_id, key, name, type, example, origin)
select brand_id, key, 'code', 'string', '"SPRING-7KQ2"', 'content' from event_keys where reserved;

drop table client_actions;
