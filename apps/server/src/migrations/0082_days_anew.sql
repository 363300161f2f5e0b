-- Behind which wallet the days of players are still to be made anew, in the order of their keys; null when none are.
alter table player_day_feeds
  add column anew_after_player uuid,
  add column anew_after_currency text;

-- Label tags are counted of messages, which are deleted by and by. Their numbers of days up to one, and of what was sent before
-- an instant, are kept as they are when everything else is counted anew; null until that was done.
alter table rollup_feeds
  add column labels_kept_to date,
  add column labels_kept_until timestamptz;
