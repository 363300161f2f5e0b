import { type Check, own } from './check.ts';

/** What free spins and periods of cashback say they paid, by bonus. */
const SAID = `select grant_id, sum(amount) as amount from (
    select grant_id, credited as amount from ${own('free_spin_packages')}
    union all
    select grant_id, amount from ${own('cashback_periods')} where state = 'paid'
  ) said group by grant_id`;

/** What is there of it: real money in the books, and bonuses that came out of them. */
const THERE = `select grant_id, sum(amount) as amount from (
    select grant_id, amount from ${own('postings')} where kind = 'cash_paid'
    union all
    select parent_grant_id, amount from ${own('grants')} where parent_grant_id is not null
  ) there group by grant_id`;

/** What bonuses pay out that are no money themselves. */
export const PAYOUT_CHECKS: readonly Check[] = [
  {
    name: 'what free spins and cashback paid is with the players',
    sql: `select coalesce(said.grant_id, there.grant_id)::text as subject, coalesce(said.amount, 0)::text as expected,
        coalesce(there.amount, 0)::text as actual
      from (${SAID}) said full join (${THERE}) there on there.grant_id = said.grant_id
      where coalesce(said.amount, 0) <> coalesce(there.amount, 0)`,
  },
  {
    // What is due is paid within a second, unless something keeps it from being paid.
    name: 'what free spins won is paid or waits for a person',
    sql: `select grant_id::text as subject, least(won, win_cap)::text as expected,
        credited || ' paid, ' || referred || ' waiting' as actual
      from ${own('free_spin_packages')}
      where state in ('finished', 'cancelled', 'expired') and credited + referred <> least(won, win_cap)
        and (due_at is null or changed_at < now() - interval '1 hour')`,
  },
];
