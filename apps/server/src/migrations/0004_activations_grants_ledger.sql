-- Every limit is a counter: a scope key, what was taken for good and what is reserved until a deposit arrives.
-- maximum is what the last taker was held to, kept for screens and reconciliation.
create table counters (
  counter_key text primary key,
  campaign_id uuid not null,
  used        bigint not null default 0 check (used >= 0),
  reserved    bigint not null default 0 check (reserved >= 0),
  maximum     bigint
) with (fillfactor = 70);

create table activations (
  player_id     uuid not null,
  activation_id uuid not null,
  brand_id      uuid not null,
  player_external_id text not null,
  idempotency_key text not null,
  request_digest text not null,
  outcome       text not null check (outcome in ('accepted', 'awaiting_deposit', 'in_review', 'refused', 'lapsed', 'reversed')),
  -- the outcome as it was decided, and the bonuses issued: what the same idempotency key is answered with
  decided       text not null,
  issued        json not null,
  refusal_key   text,
  code_key      uuid,
  -- the code as staff may see it: masked unless shared
  code_shown    text not null,
  campaign_id   uuid,
  campaign_version integer,
  -- where the code was entered: channel, device, address, traffic source
  entry         json not null,
  -- every check of the decision, in order, with what it saw
  checks        json not null,
  -- the counters this activation took, so that a reversal gives back exactly those
  takes         json not null,
  awaiting_until timestamptz,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  primary key (activation_id, player_id)
);
create unique index activations_idempotency on activations (player_id, idempotency_key);
create index activations_by_brand on activations (brand_id, activation_id desc);
create index activations_by_player on activations (player_id, activation_id desc);
create index activations_by_campaign on activations (campaign_id, activation_id desc) where campaign_id is not null;
create index activations_by_code on activations (code_key, activation_id desc) where code_key is not null;
create index activations_awaiting on activations (awaiting_until) where outcome = 'awaiting_deposit';

create table grants (
  player_id     uuid not null,
  grant_id      uuid not null,
  brand_id      uuid not null,
  activation_id uuid,
  campaign_id   uuid not null,
  campaign_version integer not null,
  -- which reward of that version: the terms the grant was issued under
  reward_index  smallint not null,
  kind          text not null check (kind in ('deposit', 'free_spins', 'bonus_balance', 'cashback', 'tournament_entry', 'special')),
  status        text not null check (status in ('pending', 'active', 'completed', 'lost', 'expired', 'forfeited', 'cancelled', 'auto_closed', 'delivery_failed')),
  currency      text not null,
  amount        bigint not null default 0 check (amount >= 0),
  balance       bigint not null default 0 check (balance >= 0),
  wagering_required bigint not null default 0 check (wagering_required >= 0),
  -- money taken from the budget for this grant: reserved while pending, spent once granted
  budget_reserved bigint not null default 0 check (budget_reserved >= 0),
  exclusive_group text,
  granted_at    timestamptz,
  expires_at    timestamptz,
  created_at    timestamptz not null,
  changed_at    timestamptz not null,
  primary key (grant_id, player_id)
);
create index grants_by_player on grants (player_id, grant_id desc);
create index grants_by_campaign on grants (campaign_id, grant_id desc);
create index grants_by_brand on grants (brand_id, grant_id desc);
create index grants_by_activation on grants (activation_id);

-- Append-only double entry: a posting moves amount from one account to another, so every transaction sums to 0.
create table postings (
  player_id   uuid not null,
  posting_id  uuid not null,
  transaction_id uuid not null,
  brand_id    uuid not null,
  grant_id    uuid,
  kind        text not null,
  debit       text not null,
  credit      text not null,
  amount      bigint not null check (amount > 0),
  currency    text not null,
  created_at  timestamptz not null,
  primary key (player_id, posting_id)
);
create index postings_by_grant on postings (grant_id, posting_id) where grant_id is not null;

-- What the platform told us, once per event id.
create table platform_events (
  player_id   uuid not null,
  event_id    text not null,
  brand_id    uuid not null,
  type        text not null,
  time        timestamptz not null,
  data        jsonb not null,
  received_at timestamptz not null default now(),
  primary key (player_id, event_id)
);
create index platform_events_by_type on platform_events (brand_id, type, received_at desc);

-- Unknown codes tried by a player or from an address: after too many in a window, both wait longer each time.
create table guesses (
  guess_key   text primary key,
  brand_id    uuid not null,
  window_started_at timestamptz not null,
  misses      integer not null,
  lockouts    integer not null default 0,
  locked_until timestamptz
);
