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
  -- granted_at when null
  add column effective_at timestamptz,
  add column ended_at timestamptz,
  add column ended_reason text,
  -- what it held when it was lost or forfeited, minor units, and the withdrawal that forfeited it
  add column remainder bigint not null default 0 check (remainder >= 0),
  add column forfeited_by text,
  -- whether its start is in the wallet: an active bonus that is not folded yet is an event the wallet has to come
  add column folded boolean not null default false;
-- Every bet changes the bonus it counts for: room on the page saves a new entry in each index.
alter table grants set (fillfactor = 85);
create index grants_expiring on grants (expires_at) where status = 'active' and expires_at is not null;
-- Bonuses that ask for no turnover become real money at once.
create index grants_unwagered on grants (granted_at) where status = 'active' and wagering_required = 0 and amount > 0;

-- What a player has in one currency. Whoever changes the player's money holds this row.
create table wallets (
  player_id   uuid not null,
  currency    text not null,
  brand_id    uuid not null,
  real        bigint not null default 0 check (real >= 0),
  -- the last event that is in real and in the balances of the bonuses: its instant, kind and id
  folded_until timestamptz,
  folded_kind text,
  folded_id   text,
  -- rounds under way and withdrawals not paid yet, which folding on needs to know; most often null
  open        json,
  -- the latest place folding again may start from
  checkpoint_at timestamptz,
  -- whether rounds of the player were ever rolled back: a bet of such a round may still come
  has_voids   boolean not null default false,
  primary key (player_id, currency)
) with (fillfactor = 70);

-- Places from which a wallet may be folded again when an event comes late, with the funds right after that event.
create table checkpoints (
  player_id   uuid not null,
  currency    text not null,
  at          timestamptz not null,
  kind        text not null,
  id          text not null,
  funds       json not null,
  -- a bonus ended here for good: what comes from before changes real money only
  final       boolean not null,
  primary key (player_id, currency, at)
);

-- One settled bet: the record that it was told, and a line of the books with up to four movements. Stake and win are
-- divided between real money and bonuses.
create table bets (
  player_id   uuid not null,
  bet_id      text not null,
  brand_id    uuid not null,
  round_id    text not null,
  -- a number made of round_id, which is so long that it would double the index
  round_key   integer not null default 0,
  game        text not null,
  category    text,
  provider    text,
  currency    text not null,
  -- null for a whole bet; a stake and its wins told apart are a row each, and a closing win ends the round
  part        text check (part in ('stake', 'win', 'closing_win')),
  stake       bigint not null check (stake >= 0),
  win         bigint not null check (win >= 0),
  -- how much of them was bonus money, of all bonuses together
  bonus_stake bigint not null default 0 check (bonus_stake >= 0 and bonus_stake <= stake),
  bonus_win   bigint not null default 0 check (bonus_win >= 0 and bonus_win <= win),
  -- the bonus with a part in it, the first if there are several, or else the one whose turnover it counted for
  grant_id    uuid,
  -- the parts of further bonuses, [grant, stake, win] each, which are within the sums above
  further     json,
  -- what it added to the turnover, in 1/10,000 minor units, and of which bonus when that is not grant_id
  contribution bigint not null default 0 check (contribution >= 0),
  counted_for uuid,
  -- above the largest bet allowed
  breach      boolean not null default false,
  -- no line of the books: told after a bonus under way had ended for good, when a correction moved the real money, or
  -- after its round had been rolled back
  unbooked    boolean not null default false,
  at          timestamptz not null,
  received_at timestamptz not null default now(),
  rolled_back_at timestamptz,
  primary key (player_id, bet_id)
);
-- Rounds are looked for within the index.
create index bets_in_time on bets (player_id, at, round_key);

-- Everything else that moves a player's money, once each: deposits, withdrawals, cash paid out, bonuses ended.
create table wallet_entries (
  player_id   uuid not null,
  reference   text not null,
  kind        text not null,
  brand_id    uuid not null,
  currency    text not null,
  -- minor units; below 0 only where a correction takes
  amount      bigint not null default 0 check (amount >= 0 or kind = 'correction'),
  grant_id    uuid,
  -- what else the event says
  detail      json not null,
  -- when it happened, or when it took effect: told after a bonus under way had ended for good, that is when it was told
  at          timestamptz not null,
  received_at timestamptz not null default now(),
  primary key (player_id, reference, kind)
);
create index wallet_entries_in_time on wallet_entries (player_id, at);

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
  closed_by   json,
  note        text,
  primary key (player_id, adjustment_id)
);
create index adjustments_by_brand on adjustments (brand_id, adjustment_id);
