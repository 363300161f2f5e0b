-- The most that cashback and free spins can cost was taken from budgets as spent. It is no more than reserved until they
-- are over, or have cost it.
update grants set budget_spent = budget_reserved where kind = 'cashback' and budget_spent > budget_reserved;

update counters c set used = c.used - open.cost, reserved = c.reserved + open.cost
from (
  select g.campaign_id || ':b:' || g.currency as counter_key, sum(g.budget_reserved - coalesce(g.budget_spent, 0)) as cost
  from grants g
  left join activations a on a.activation_id = g.activation_id and a.player_id = g.player_id
  where g.kind in ('cashback', 'free_spins') and g.budget_reserved > coalesce(g.budget_spent, 0)
    and a.outcome is distinct from 'awaiting_deposit'
  group by 1
) open
where c.counter_key = open.counter_key;
