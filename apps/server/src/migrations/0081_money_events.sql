-- A player's deposits and withdrawals, latest first: few among all that is told of a player. Logins, bets and whatever else
-- is told are not in it.
create index platform_events_money on platform_events (player_id, time desc)
  where type in ('deposit.succeeded', 'deposit.reversed', 'withdrawal.requested', 'withdrawal.cancelled', 'withdrawal.paid');
