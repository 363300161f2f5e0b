import { ACCOUNTS } from '@promosmith/core/ledger';
import { type Check, own } from './check.ts';

const PLAYER_BONUS = ACCOUNTS.playerBonus('');

const OTHERS = [
  ACCOUNTS.playerReal,
  ACCOUNTS.bonusExpense,
  ACCOUNTS.gaming,
  ACCOUNTS.breakage,
  ACCOUNTS.cash,
].map((name) => `'${name}'`);

const isAccount = (column: string): string =>
  `(${column} in (${OTHERS}) or ${column} = '${PLAYER_BONUS}' || grant_id)`;

/** What the ledger's entries, bets included, say of accounts whose name the condition finds in a column. */
const balanceOf = (condition: (column: string) => string): string =>
  `sum(case when ${condition('credit')} then amount else 0 end - case when ${condition('debit')} then amount else 0 end)`;

const isBonus = (column: string): string => `${column} like '${PLAYER_BONUS}%'`;
const isReal = (column: string): string => `${column} = '${ACCOUNTS.playerReal}'`;

/** The player's money, in the books and beside them (DOMAIN §3). */
export const MONEY_CHECKS: readonly Check[] = [
  {
    // An entry holds both its sides, so everything sums to zero as long as every entry is well formed.
    name: 'entries move a positive amount between two known accounts',
    sql: `select entry_id as subject, 'amount > 0, two known accounts' as expected,
        amount || ' ' || coalesce(debit, 'none') || ' → ' || coalesce(credit, 'none') as actual
      from ${own('ledger_entries')}
      where (amount > 0 and debit <> credit and ${isAccount('debit')} and ${isAccount('credit')}) is not true`,
  },
  {
    // By the check before, a bonus account in an entry is that of the entry's grant.
    name: 'the bonus account of a grant is its balance',
    sql: `select coalesce(account.grant_id, g.grant_id)::text as subject,
        coalesce(g.balance, 0) || ' ' || coalesce(g.currency, '') as expected,
        coalesce(account.balance, 0) || ' ' || coalesce(account.currency, '') as actual
      from (select grant_id, currency, ${balanceOf(isBonus)} as balance
            from ${own('ledger_entries')} where grant_id is not null group by grant_id, currency) account
      full join ${own('grants', 'g')} on g.grant_id = account.grant_id
      where coalesce(g.balance, 0) <> coalesce(account.balance, 0) or g.currency <> account.currency`,
  },
  {
    name: 'only bonuses under way have a balance',
    sql: `select grant_id::text as subject, '0 of a bonus that is ' || status as expected, balance::text as actual
      from ${own('grants')} where status <> 'active' and balance > 0`,
  },
  {
    // What an outside engine converted is booked where it keeps the money.
    name: 'what a bonus converted is what was booked',
    sql: `select coalesce(booked.grant_id, g.grant_id)::text as subject, coalesce(g.converted, 0)::text as expected,
        coalesce(booked.amount, 0)::text as actual
      from (select grant_id, ${balanceOf(isReal)} as amount
            from ${own('postings')} where kind = 'converted' group by grant_id) booked
      full join (select * from ${own('grants')} where outside_balance is null) g on g.grant_id = booked.grant_id
      where coalesce(g.converted, 0) <> coalesce(booked.amount, 0)`,
  },
  {
    name: 'the real account of a player is the balance of the wallet',
    sql: `select coalesce(account.player_id, w.player_id) || ' ' || coalesce(account.currency, w.currency) as subject,
        coalesce(w.real, 0)::text as expected, coalesce(account.balance, 0)::text as actual
      from (select player_id, currency, ${balanceOf(isReal)} as balance
            from ${own('ledger_entries')} where ${isReal('debit')} or ${isReal('credit')}
            group by player_id, currency) account
      full join ${own('wallets', 'w')} on w.player_id = account.player_id and w.currency = account.currency
      where coalesce(w.real, 0) <> coalesce(account.balance, 0)`,
  },
];
