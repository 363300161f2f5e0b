-- The whole ledger, one movement a row: postings, and the stakes and wins that stored bets stand for. They are booked at an
-- instant in whole milliseconds, which is what the application writes; stage and leg put the movements of one instant in
-- an order in which balances make sense.
create view ledger_entries as
  select p.player_id, p.brand_id, p.currency, p.grant_id, p.kind, p.debit, p.credit, p.amount,
    p.posting_id::text as entry_id, 0 as leg, p.transaction_id, null::text as bet_id, null::text as game,
    case when p.kind in ('bonus_granted', 'deposit', 'balance_adjusted', 'cash_paid', 'reinstated') then 0 else 2 end as stage,
    p.created_at as happened_at, date_trunc('milliseconds', p.created_at) as booked_at
  from postings p
  union all
  select b.player_id, b.brand_id, b.currency, m.grant_id, m.kind,
    case when m.kind = 'stake' then m.account else 'house:gaming' end,
    case when m.kind = 'stake' then 'house:gaming' else m.account end, m.amount,
    b.bet_id, m.leg, null::uuid, b.bet_id, b.game, 1, b.at, date_trunc('milliseconds', b.received_at)
  from bets b
  cross join lateral (
    select coalesce(sum((share->>1)::bigint), 0) as stake, coalesce(sum((share->>2)::bigint), 0) as win
    from json_array_elements(b.further) share
  ) others
  cross join lateral (
    values ('stake', null::uuid, 'player:real', b.stake - b.bonus_stake, 1),
      ('stake', b.grant_id, 'player:bonus:' || b.grant_id, b.bonus_stake - others.stake::bigint, 2),
      ('win', null, 'player:real', b.win - b.bonus_win, 4),
      ('win', b.grant_id, 'player:bonus:' || b.grant_id, b.bonus_win - others.win::bigint, 5)
    union all
    select side.kind, (share->>0)::uuid, 'player:bonus:' || (share->>0), side.amount, side.leg
    from json_array_elements(b.further) share
    cross join lateral (values ('stake', (share->>1)::bigint, 3), ('win', (share->>2)::bigint, 6)) side (kind, amount, leg)
  ) m (kind, grant_id, account, amount, leg)
  where m.amount <> 0 and not b.unbooked;

-- When each brand's books were last compared with everything that happened, by themselves.
create table reconciliations (
  brand_id   uuid primary key,
  started_at timestamptz not null default now()
);
