-- Reports that members of staff, or API keys, have saved.
create table reports (
  report_id   uuid primary key,
  brand_id    uuid not null,
  -- who may change it: an actor, and the same as `<kind>:<id>`
  owner       json not null,
  owner_key   text not null,
  name        text not null,
  kind        text not null,
  filters     json not null,
  -- null: all of the kind's
  columns     text[],
  shared      boolean not null,
  schedule    json,
  -- when it is sent next; null without a schedule
  next_due_at timestamptz,
  revision    integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now()
);
create index reports_by_brand on reports (brand_id, report_id desc);
create index reports_due on reports (next_due_at) where next_due_at is not null;

-- One e-mail of a report to one recipient: once for each time that it was due, by its key.
create table report_mails (
  report_id   uuid not null,
  due_at      timestamptz not null,
  staff_id    uuid not null,
  brand_id    uuid not null,
  -- of the e-mail: the same at every attempt
  mail_id     uuid not null,
  status      text not null default 'waiting' check (status in ('waiting', 'sent', 'failed', 'dropped')),
  -- counts the holders; names this one in what it writes
  attempts    integer not null default 0,
  next_attempt_at timestamptz default now(),
  last_error  text,
  sent_at     timestamptz,
  primary key (report_id, due_at, staff_id)
);
create index report_mails_waiting on report_mails (next_attempt_at) where status = 'waiting';
