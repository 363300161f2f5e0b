-- What the ticker looks for every second, and nothing else: bonuses that an outside engine keeps stay active until it
-- tells of their end, and would all be looked at each time.
drop index grants_expiring;
drop index grants_unwagered;
create index grants_expiring on grants (expires_at)
  where status = 'active' and expires_at is not null
    and kind in ('deposit', 'bonus_balance') and outside_balance is null;
create index grants_unwagered on grants (granted_at)
  where status = 'active' and wagering_required = 0 and amount > 0
    and kind in ('deposit', 'bonus_balance') and outside_balance is null;
create index grants_entries_expiring on grants (expires_at) where kind = 'tournament_entry' and status = 'active';
