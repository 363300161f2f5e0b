-- A journey as people know it: its draft, and which version players enter.
create table journeys (
  brand_id    uuid not null,
  journey_id  uuid not null,
  name        text not null,
  -- under whose consent the messages of the next version are sent
  product     text not null,
  status      text not null check (status in ('draft', 'active', 'paused', 'archived')),
  -- as it was drawn: json, because jsonb would put the nodes in an order of its own
  draft       json not null,
  -- rises with every change of the journey: who changes it says which one was read
  revision    integer not null default 1,
  -- the latest that was published; players enter no other
  version     integer,
  -- of the latest pause: what came in it is done at its end
  paused_at   timestamptz,
  resumed_at  timestamptz,
  created_by  jsonb not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, journey_id)
);
create index journeys_live on journeys (brand_id) where status in ('active', 'paused');

-- What was published, for good: enrolments walk the version they entered.
create table journey_versions (
  brand_id    uuid not null,
  journey_id  uuid not null,
  version     integer not null,
  product     text not null,
  definition  json not null,
  -- the facts and fields of events that its rules were compiled with, whatever becomes of the brand's
  facts       jsonb not null,
  event_fields jsonb not null,
  -- the content version that each message node sends, by content id
  contents    jsonb not null,
  note        text,
  published_by jsonb not null,
  created_at  timestamptz not null default now(),
  primary key (brand_id, journey_id, version)
);

-- Of journeys with an entry cap: enrolments there ever were, without the control group.
create table journey_entries (
  journey_id  uuid primary key,
  entries     bigint not null default 0 check (entries >= 0)
) with (fillfactor = 50);

-- A player's run through one version, and the visit it is at.
create table journey_enrolments (
  player_id   uuid not null,
  enrolment_id uuid not null,
  brand_id    uuid not null,
  player_external_id text not null,
  journey_id  uuid not null,
  version     integer not null,
  -- what may be there once: ever, once in a period, or one at a time
  entry_key   text not null,
  -- a test run: sends to its player, and is in no count and under no rule of entry
  is_test     boolean not null default false,
  status      text not null check (status in ('active', 'completed', 'exited', 'failed', 'control')),
  node_id     text not null,
  seq         integer not null,
  entered_at  timestamptz not null,
  visit_began timestamptz not null,
  waiting_for text check (waiting_for in ('quiet_end', 'time', 'event', 'outcome')),
  -- from then on time alone moves it
  wake_at     timestamptz,
  shown_at    timestamptz,
  -- the last event that moved it, and those before by node
  event       jsonb,
  events      jsonb not null default '{}',
  goal_until  timestamptz,
  converted_at timestamptz,
  ended       jsonb,
  -- inputs are kept for it, which come before any other
  keeps       boolean not null default false,
  -- what asked for the entry, where that may ask again
  request_key text,
  primary key (player_id, enrolment_id)
) with (fillfactor = 70);
create unique index journey_enrolments_once on journey_enrolments (player_id, journey_id, entry_key) where not is_test;
create unique index journey_enrolments_inside on journey_enrolments (player_id, journey_id) where status = 'active' and not is_test;
create unique index journey_enrolments_requested on journey_enrolments (player_id, journey_id, request_key)
  where request_key is not null;
-- Beside who is inside, whom may concern what happens to a player: test runs, and whose goal still counts.
create index journey_enrolments_tests on journey_enrolments (player_id) where status = 'active' and is_test;
create index journey_enrolments_converting on journey_enrolments (player_id) where status <> 'active' and goal_until is not null;
create index journey_enrolments_waking on journey_enrolments (journey_id, wake_at) where wake_at is not null;
create index journey_enrolments_keeping on journey_enrolments (journey_id, player_id) where keeps;
create index journey_enrolments_goals on journey_enrolments (goal_until) where goal_until is not null;
-- Who is inside: lists, migration, archiving.
create index journey_enrolments_active on journey_enrolments (journey_id, version, node_id, player_id, enrolment_id) where status = 'active';
create index journey_enrolments_of_journey on journey_enrolments (journey_id, enrolment_id);

-- A visit that was left: by at most one edge, and once.
create table journey_steps (
  player_id   uuid not null,
  enrolment_id uuid not null,
  seq         integer not null,
  node_id     text not null,
  kind        text not null,
  began       timestamptz not null,
  shown_at    timestamptz,
  left_at     timestamptz not null,
  cause       text not null,
  connector   text,
  reason      text,
  to_node_id  text,
  primary key (player_id, enrolment_id, seq)
);

-- What happened to enrolments of paused journeys, in its order, done when they are resumed; and what was more than could
-- be done at once.
create table journey_kept_inputs (
  player_id   uuid not null,
  enrolment_id uuid not null,
  -- rises in the order they came
  input_id    uuid not null,
  input       jsonb not null,
  primary key (player_id, enrolment_id, input_id)
);

-- What is to be done outside for a visit. Once it is done its outcome moves the enrolment.
create table journey_effects (
  player_id   uuid not null,
  enrolment_id uuid not null,
  seq         integer not null,
  brand_id    uuid not null,
  journey_id  uuid not null,
  version     integer not null,
  kind        text not null,
  effect      jsonb not null,
  -- the same however often it is tried: id of the message, idempotency key of the webhook
  effect_key  uuid not null,
  status      text not null check (status in ('pending', 'done', 'failed', 'dropped')),
  -- attempts ever made: a result is only written by the attempt that is the latest
  attempts    integer not null default 0,
  -- attempts that came to nothing, since it was last asked for
  failures    integer not null default 0,
  -- of one that is pending; while an attempt is under way, when it counts as lost
  next_attempt_at timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  ended_at    timestamptz,
  primary key (player_id, enrolment_id, seq)
) with (fillfactor = 70);
create index journey_effects_due on journey_effects (kind, journey_id, next_attempt_at) where status = 'pending';
create index journey_effects_of_journey on journey_effects (journey_id, next_attempt_at) where status = 'pending';
-- Those that nobody but a person gets on.
create index journey_effects_failed on journey_effects (journey_id, ended_at) where status = 'failed';

-- What the webhook activity asked and was answered, secrets masked.
create table journey_calls (
  player_id   uuid not null,
  enrolment_id uuid not null,
  seq         integer not null,
  attempt     integer not null,
  at          timestamptz not null,
  took_ms     integer not null,
  request     jsonb not null,
  response    jsonb,
  error       text,
  primary key (player_id, enrolment_id, seq, attempt)
);
create index journey_calls_by_age on journey_calls (at);

-- Values that webhooks name as {{secret.name}}; shown to nobody.
create table journey_secrets (
  brand_id    uuid not null,
  name        text not null,
  -- encrypted under the server's secret key
  value       bytea not null,
  -- where it may be sent; null: to any host
  hosts       text[],
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, name)
);

-- What a brand's webhooks of journeys are signed with, encrypted; unsigned while there is none.
create table journey_signing_secrets (
  brand_id    uuid primary key,
  secret      bytea not null,
  -- signs as well, until whoever verifies has the new one
  previous    bytea,
  previous_until timestamptz,
  created_at  timestamptz not null default now()
);

-- What a transaction did to counts: appended, so that nobody waits for a count. Folded into journey_counts. Of the node ''
-- are enrolments: 'entered', 'control', 'converted', 'control_converted', 'completed', 'exited', 'failed'.
create table journey_tallies (
  tally_id    uuid primary key,
  journey_id  uuid not null,
  version     integer not null,
  node_id     text not null,
  -- '' is the visit's beginning, '!' its end without a connector. Of no node (''): enrolments that were 'entered' or put
  -- into 'control', that 'converted' ('control_converted'), were 'completed', 'exited', 'failed'
  connector   text not null,
  visits      bigint not null
);
create table journey_counts (
  journey_id  uuid not null,
  version     integer not null,
  node_id     text not null,
  connector   text not null,
  visits      bigint not null,
  primary key (journey_id, version, node_id, connector)
);

-- Players a segment trigger's rule holds for: who is in it enters by coming back only.
create table journey_segment_members (
  player_id   uuid not null,
  journey_id  uuid not null,
  primary key (player_id, journey_id)
);
create index journey_segment_members_of_journey on journey_segment_members (journey_id);

-- Looks over all players of a journey's brand, in parts: for a time of its schedule, or for who is in its segment.
create table journey_runs (
  journey_id  uuid primary key,
  brand_id    uuid not null,
  kind        text not null check (kind in ('schedule', 'segment')),
  -- what it is for, and the version it came with: when a later one has another, it begins anew
  trigger     text not null,
  version     integer not null,
  -- since when; who was in the segment before has not entered by that
  began_at    timestamptz not null,
  -- of a segment: everybody was looked at once
  settled     boolean not null default false,
  -- of the look under way, or to come; null: never again
  next_at     timestamptz,
  -- the instant the look under way is for
  for_time    timestamptz,
  -- the last player it has come to
  after_at    timestamptz,
  after_id    uuid,
  looked      bigint not null default 0,
  entered     bigint not null default 0,
  -- how the one before ended
  last        jsonb
) with (fillfactor = 50);
create index journey_runs_due on journey_runs (next_at);

-- Bonuses may be given by journeys. Not validated: rows that are there already have fewer sources.
alter table grants drop constraint grants_source_check;
alter table grants add constraint grants_source_check
  check (source in ('staff', 'cashback', 'free_spins', 'journey')) not valid;
