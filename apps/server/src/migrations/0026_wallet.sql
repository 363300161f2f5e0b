-- A transaction of the wallet, and what it was answered with: sent again, it is answered with the same.
create table wallet_transactions (
  player_id   uuid not null,
  transaction_id text not null,
  brand_id    uuid not null,
  kind        text not null check (kind in ('bet', 'win', 'rollback', 'deposit', 'withdrawal')),
  currency    text not null,
  amount      bigint not null check (amount >= 0),
  -- of what was asked for, to tell a repetition from a mistake
  digest      bytea not null,
  answer      json not null,
  -- of a withdrawal: what became of it
  closed_as   text check (closed_as in ('paid', 'cancelled')),
  created_at  timestamptz not null default now(),
  primary key (player_id, transaction_id)
);
