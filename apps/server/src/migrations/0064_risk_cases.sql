-- What a fraud analyst has to look at.
create table risk_cases (
  brand_id    uuid not null,
  case_id     uuid not null,
  kind        text not null check (kind in ('activation_held', 'player_reassessed', 'code_burst', 'code_leak', 'review_requested')),
  -- what it is about: `activation/<id>`, `player/<id>`, `code/<id>`, `campaign/<id>`
  subject     text not null,
  state       text not null default 'open' check (state in ('open', 'assigned', 'decided')),
  -- 0 to 100; the highest is looked at first
  priority    smallint not null,
  -- as it was assessed; null where nobody was
  score       smallint,
  band        text,
  player_id   uuid,
  player_external_id text,
  activation_id uuid,
  code_key    uuid,
  campaign_id uuid,
  evidence    jsonb not null,
  assignee    json,
  revision    integer not null default 1,
  opened_at   timestamptz not null,
  changed_at  timestamptz not null,
  -- the request of a decision that a second person has to agree to
  approval_id uuid,
  decision    text check (decision in ('release', 'decline', 'block')),
  decision_reason text,
  -- what the player may read of it
  player_message text,
  decided_by  json,
  decided_at  timestamptz,
  -- takes back what the decision says
  job_id      uuid,
  -- what deciding came to; null until it has been carried out
  effects     json,
  primary key (brand_id, case_id)
);
-- one open case of a kind about a thing, and one review of an activation ever
create unique index risk_cases_open on risk_cases (brand_id, kind, subject) where state <> 'decided';
create unique index risk_cases_reviewed on risk_cases (brand_id, subject) where kind = 'review_requested';
create index risk_cases_queue on risk_cases (brand_id, priority desc, case_id) where state <> 'decided';
create index risk_cases_decided on risk_cases (brand_id, decided_at) where state = 'decided';
create index risk_cases_unsettled on risk_cases (decided_at) where state = 'decided' and effects is null;
create index risk_cases_by_player on risk_cases (player_id, case_id desc) where player_id is not null;
create index risk_cases_by_code on risk_cases (code_key, case_id desc) where code_key is not null;

create table risk_case_notes (
  brand_id    uuid not null,
  case_id     uuid not null,
  note_id     uuid not null,
  author      json not null,
  text        text not null,
  created_at  timestamptz not null,
  primary key (brand_id, case_id, note_id)
);
