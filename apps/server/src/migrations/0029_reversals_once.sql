-- So is the reversal of a deposit: told twice under two event ids, it must not take back twice.
drop index platform_events_deposits;
create unique index platform_events_deposits on platform_events (player_id, (data ->> 'depositId'), type)
  where type in ('deposit.succeeded', 'deposit.reversed');
