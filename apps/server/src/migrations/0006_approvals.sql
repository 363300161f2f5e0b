-- Requests that wait for a second person. What is asked for is in payload; who understands it carries it out.
create table approvals (
  approval_id  uuid primary key,
  brand_id     uuid not null,
  kind         text not null,
  -- what it is about: `campaign/<id>`, `batch/<id>`
  subject      text not null,
  summary      text not null,
  payload      jsonb not null,
  reason       text,
  status       text not null default 'pending' check (status in ('pending', 'approved', 'rejected', 'withdrawn', 'failed')),
  requested_by json not null,
  -- the person behind the request: the one who must not decide it
  principal    text not null,
  decided_by   json,
  decision_reason text,
  -- of an approved request that could not be carried out: the refusal
  failure      json,
  created_at   timestamptz not null default now(),
  decided_at   timestamptz
);
create index approvals_by_brand on approvals (brand_id, approval_id desc);
-- one open question about a thing at a time
create unique index approvals_pending on approvals (brand_id, kind, subject) where status = 'pending';
