import { budgetKey, COST_SHOWS_LATER } from '@promosmith/core/activation';
import { type Check, own } from './check.ts';

const OWN_COUNTERS = `(select * from counters where $1::uuid is null
  or campaign_id in (select campaign_id from campaigns where brand_id = $1)) counters`;

/** What activations hold, one row per counter and activation; budgets and limits are told apart by the key. */
const HELD_BY_ACTIVATIONS = `select activation_id, outcome, take->>0 as key, take->>1 as home, (take->>2)::bigint as amount
  from ${own('activations')} cross join lateral json_array_elements(takes) take`;

const BUDGET = `'${budgetKey("' || g.campaign_id || '", "' || g.currency || '")}'`;
const SHOWN_LATER = [...COST_SHOWS_LATER].map((kind) => `'${kind}'`);

/** Of activations that wait, for a deposit or for a person: what they took is reserved. */
const OPEN = `('awaiting_deposit', 'in_review')`;

/**
 * And what bonuses hold of budgets: by themselves, where no activation issued them; and where their cost shows later, as
 * no more than reserved, although their activation awaits nothing.
 */
const HELD = `select key, home, case when outcome not in ${OPEN} then amount else 0 end as used,
    case when outcome in ${OPEN} then amount else 0 end as reserved
  from (${HELD_BY_ACTIVATIONS}) takes
  union all
  select ${BUDGET}, 'counter', g.budget_reserved, 0
  from ${own('grants', 'g')} where g.activation_id is null and g.budget_reserved > 0
  union all
  select ${BUDGET}, 'counter', coalesce(g.budget_spent, 0) - g.budget_reserved, g.budget_reserved - coalesce(g.budget_spent, 0)
  from ${own('grants', 'g')} left join activations a on a.activation_id = g.activation_id and a.player_id = g.player_id
  where g.kind in (${SHOWN_LATER}) and g.budget_reserved > 0 and (a.outcome in ${OPEN}) is not true`;

/** Sums of what is held, as the counter should say it. */
const heldBy = (home: 'code' | 'counter'): string => `select key, sum(used) as used, sum(reserved) as reserved
  from (${HELD}) held where home = '${home}' group by key`;

const counts = (used: string, reserved: string): string =>
  `'used ' || coalesce(${used}, 0) || ', reserved ' || coalesce(${reserved}, 0)`;

/** A counter's row against what activations hold of it. A missing side counts as zero. */
const counterCheck = (home: 'code' | 'counter', rows: string): string => `
  select coalesce(held.key, counter.key) as subject, ${counts('held.used', 'held.reserved')} as expected,
    ${counts('counter.used', 'counter.reserved')} as actual
  from (${heldBy(home)}) held full join (${rows}) counter on counter.key = held.key
  where coalesce(held.used, 0) <> coalesce(counter.used, 0)
     or coalesce(held.reserved, 0) <> coalesce(counter.reserved, 0)`;

/** Limits, budgets and what took from them (DOMAIN §3). */
export const LIMIT_CHECKS: readonly Check[] = [
  {
    name: 'limit and budget counters are what activations hold',
    sql: counterCheck('counter', `select counter_key as key, used, reserved from ${OWN_COUNTERS}`),
  },
  {
    name: 'uses of codes are what activations hold',
    // A code that is not limited is not counted.
    sql: counterCheck('code', `select code_key::text as key, uses as used, reserved from ${own('codes')}`),
  },
  {
    name: 'counters are within their maximum',
    sql: `select counter_key as subject, 'at most ' || maximum as expected, ${counts('used', 'reserved')} as actual
      from ${OWN_COUNTERS} where used + reserved > maximum`,
  },
  {
    name: 'seats taken of a tournament are its tickets in use',
    sql: `select t.tournament_id::text as subject, count(u.ticket_id)::text as expected, t.seats_taken::text as actual
      from tournaments t
      left join ticket_uses u on u.tournament_id = t.tournament_id and u.returned_at is null
      where $1::uuid is null or t.brand_id = $1
      group by t.tournament_id having count(u.ticket_id) <> t.seats_taken`,
  },
  {
    name: 'budgets held by activations are those of their grants',
    sql: `select coalesce(held.activation_id, granted.activation_id)::text as subject,
        coalesce(granted.amount, 0)::text as expected, coalesce(held.amount, 0)::text as actual
      from (select activation_id, sum(amount) as amount from (${HELD_BY_ACTIVATIONS}) takes
            where home = 'counter' and split_part(key, ':', 2) = 'b' group by activation_id) held
      full join (select activation_id, sum(budget_reserved) as amount from ${own('grants')}
                 where activation_id is not null group by activation_id) granted
        on granted.activation_id = held.activation_id
      where coalesce(held.amount, 0) <> coalesce(granted.amount, 0)`,
  },
  {
    name: 'activations have the grants of their outcome',
    sql: `select a.activation_id::text as subject,
        json_array_length(a.issued) || ' for ' || a.outcome as expected,
        count(g.grant_id) || ' (' || coalesce(string_agg(distinct g.status, ', '), 'none') || ')' as actual
      from activations a left join grants g on g.activation_id = a.activation_id and g.player_id = a.player_id
      where $1::uuid is null or a.brand_id = $1
      group by a.activation_id, a.player_id
      having count(g.grant_id) <> json_array_length(a.issued)
        or (a.outcome <> 'refused' or a.decided = 'in_review') <> (count(g.grant_id) > 0)
        or a.outcome <> 'in_review' and (a.outcome = 'awaiting_deposit') <> bool_or(coalesce(g.status = 'pending' and g.kind = 'deposit' and g.outside_balance is null, false))
        or (a.outcome in ('refused', 'lapsed', 'reversed') and bool_or(coalesce(g.status in ('pending', 'active'), false)))`,
  },
  {
    name: 'activations that are over hold nothing that could be given back',
    sql: `select activation_id::text as subject, 'nothing' as expected, takes::text as actual from ${own('activations')}
      where outcome in ('refused', 'lapsed') and json_array_length(takes) > 0`,
  },
  {
    name: 'grants belong to an activation of theirs',
    sql: `select g.grant_id::text as subject, 'an activation' as expected, 'none' as actual
      from ${own('grants', 'g')}
      left join activations a on a.activation_id = g.activation_id and a.player_id = g.player_id
      where g.activation_id is not null and a.activation_id is null`,
  },
];
