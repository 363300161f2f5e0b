-- A bonus under way. Turnover counts bets from effective_at on: the deposit's own time, or when it was granted.
alter table grants
  -- turnover so far, in 1/10,000 minor units
  add column wagered bigint not null default 0 check (wagered >= 0),
  -- minor units that became real money
  add column converted bigint not null default 0 check (converted >= 0),
  -- what issued it when no activation did
  add column source text check (source in ('staff', 'cashback', 'free_spins')),
  -- the bonus it came out of: the spins whose winnings it holds, the cashback it pays
  add column parent_grant_id uuid,
  add column deposit_id text,
  add column effective_at timestamptz,
  add column ended_reason text;
create index grants_expiring on grants (expires_at) where status = 'active' and expires_at is not null;

-- What a player has in one currency. Whoever changes the player's money holds this row.
create table wallets (
  player_id   uuid not null,
  currency    text not null,
  brand_id    uuid not null,
  real        bigint not null default 0 check (real >= 0),
  -- the latest instant whose events are in real and in the balances of the bonuses
  folded_until timestamptz,
  -- where folding again starts from when an event comes late: the funds at base_at
  base        json,
  base_at     timestamptz,
  -- a later such place, which becomes the base when it is old enough
  next_base   json,
  next_base_at timestamptz,
  primary key (player_id, currency)
);

-- One settled bet: the record that it was told, and a line of the books with up to four movements. Stake and win are
-- divided between real money and bonuses; grant_id is the first bonus with a part in it, further the others.
create table bets (
  player_id   uuid not null,
  bet_id      text not null,
  brand_id    uuid not null,
  event_id    text not null,
  round_id    text not null,
  game        text not null,
  category    text,
  provider    text,
  currency    text not null,
  stake       bigint not null check (stake >= 0),
  win         bigint not null check (win >= 0),
  grant_id    uuid,
  bonus_stake bigint not null default 0 check (bonus_stake >= 0 and bonus_stake <= stake),
  bonus_win   bigint not null default 0 check (bonus_win >= 0 and bonus_win <= win),
  -- what it added to the turnover, in 1/10,000 minor units
  contribution bigint not null default 0 check (contribution >= 0),
  further     json,
  -- above the largest bet allowed
  breach      boolean not null default false,
  at          timestamptz not null,
  received_at timestamptz not null default now(),
  rolled_back_at timestamptz,
  primary key (player_id, bet_id)
);
create index bets_in_time on bets (player_id, at, bet_id);

-- Everything else that moves a player's money, once each: deposits, withdrawals, cash paid out, bonuses ended.
create table wallet_entries (
  player_id   uuid not null,
  reference   text not null,
  brand_id    uuid not null,
  currency    text not null,
  kind        text not null,
  amount      bigint not null default 0 check (amount >= 0),
  grant_id    uuid,
  detail      json,
  at          timestamptz not null,
  received_at timestamptz not null default now(),
  primary key (player_id, reference, kind)
);

-- What could not be put right by itself, because the money was a player's own by then: for a person to look at.
create table adjustments (
  player_id   uuid not null,
  adjustment_id uuid not null,
  brand_id    uuid not null,
  grant_id    uuid,
  kind        text not null,
  amount      bigint not null default 0,
  currency    text not null,
  detail      json not null,
  created_at  timestamptz not null default now(),
  closed_at   timestamptz,
  closed_by   text,
  note        text,
  primary key (player_id, adjustment_id)
);
create index adjustments_by_brand on adjustments (brand_id, adjustment_id);
