-- A journey as people know it: its draft, and which version players enter.
create table journeys (
  brand_id    uuid not null,
  journey_id  uuid not null,
  name        text not null,
  -- under whose consent its messages are sent
  product     text not null,
  status      text not null check (status in ('draft', 'active', 'paused', 'archived')),
  draft       jsonb not null,
  -- rises with every change of the draft: who saves says which one was read
  revision    integer not null default 1,
  -- the latest that was published; players enter no other
  version     integer,
  -- of the latest pause: what came in it is done at its end
  paused_at   timestamptz,
  resumed_at  timestamptz,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, journey_id)
);

-- What was published, for good: enrolments walk the version they entered.
create table journey_versions (
  brand_id    uuid not null,
  journey_id  uuid not null,
  version     integer not null,
  definition  jsonb not null,
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
  -- the pause before this instant was made up for
  held_until  timestamptz,
  primary key (player_id, enrolment_id)
) with (fillfactor = 70);
create unique index journey_enrolments_once on journey_enrolments (player_id, journey_id, entry_key) where not is_test;
create unique index journey_enrolments_inside on journey_enrolments (player_id, journey_id) where status = 'active' and not is_test;
create index journey_enrolments_waking on journey_enrolments (journey_id, wake_at) where wake_at is not null;
-- Who is inside: lists, migration, archiving.
create index journey_enrolments_active on journey_enrolments (journey_id, version, node_id, player_id, enrolment_id) where status = 'active';
create index journey_enrolments_of_journey on journey_enrolments (journey_id, enrolment_id);

-- Which events may mean something to an enrolment.
create table journey_waits (
  player_id   uuid not null,
  -- `event:deposit.succeeded`, `client_action:CODE_IS_SHOWN`
  key         text not null,
  enrolment_id uuid not null,
  primary key (player_id, key, enrolment_id)
);

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

-- What happened to enrolments of paused journeys, in its order: done when they are resumed.
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
  -- of one that is pending; while an attempt is under way, when it counts as lost
  next_attempt_at timestamptz,
  last_error  text,
  created_at  timestamptz not null default now(),
  ended_at    timestamptz,
  primary key (player_id, enrolment_id, seq)
) with (fillfactor = 70);
create index journey_effects_due on journey_effects (kind, next_attempt_at) where status = 'pending';
create index journey_effects_of_journey on journey_effects (journey_id, next_attempt_at) where status = 'pending';

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
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  primary key (brand_id, name)
);

-- What a transaction did to counts: appended, so that nobody waits for a count. Folded into journey_counts.
create table journey_tallies (
  tally_id    uuid primary key,
  journey_id  uuid not null,
  version     integer not null,
  node_id     text not null,
  -- '' is the visit's beginning, '!' its end without a connector
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
  journey_id  uuid not null,
  player_id   uuid not null,
  primary key (player_id, journey_id)
);

-- Work on all players of a journey in parts: the times of a schedule, the look over a segment.
create table journey_runs (
  journey_id  uuid primary key,
  brand_id    uuid not null,
  next_at     timestamptz not null,
  -- the last player a run under way has come to
  after       uuid,
  -- the instant of the schedule the run under way is for
  for_time    timestamptz
);
create index journey_runs_due on journey_runs (next_at);
