-- A deposit is known by its own id as well: told again under another event id, it must not pay a second bonus.
create unique index platform_events_deposits on platform_events (player_id, (data ->> 'depositId'))
  where type = 'deposit.succeeded';
