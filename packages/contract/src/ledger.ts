import type { LineKind } from '@promosmith/core/funds';
import { z } from 'zod';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/** Every kind of movement of money, in words. */
const KINDS: Readonly<Record<LineKind | 'bonus_granted', string>> = {
  bonus_granted: 'the house grants a bonus',
  bonus_reversed: 'a grant is taken back',
  stake: 'a bet is placed',
  win: 'a bet is won',
  stake_corrected: 'stakes come out otherwise after an event that came late, or a round that was taken back',
  win_corrected: 'the same of wins',
  deposit: 'money comes in from the platform’s cashier',
  deposit_reversed: 'and is taken back',
  withdrawal: 'money goes out to it',
  withdrawal_cancelled: 'and comes back',
  balance_adjusted: 'the real balance is matched with what the platform must have',
  cash_paid: 'the house pays real money: cashback, winnings of free spins',
  converted: 'bonus funds become real money',
  capped: 'bonus funds above the largest conversion are removed',
  sticky_removed: 'the bonus itself is removed, its winnings stay',
  breakage: 'a bonus ends, and what is left of it is removed',
  reinstated: 'a bonus lives again with what was removed',
};

const kinds = Object.keys(KINDS) as [keyof typeof KINDS];

/** Kinds of movements. Stakes and wins of bets are booked with the bet, everything else as a posting. */
export const LedgerKind = z
  .enum(kinds)
  .describe(kinds.map((kind) => `\`${kind}\`: ${KINDS[kind]}`).join('; '));
export type LedgerKind = z.infer<typeof LedgerKind>;

const movement = {
  kind: LedgerKind,
  debit: z.string().describe('Account that gives, e.g. `house:bonus_expense`'),
  credit: z.string().describe('Account that receives, e.g. `player:bonus:<grant>`'),
  amount: MinorAmount.describe('Minor units, above 0'),
  currency: CurrencyCode,
};

/** One movement of money between two accounts of the books. Never changed, never removed. */
export const Posting = z.object({
  id: Id,
  transactionId: Id.describe('Postings of one transaction were booked together'),
  player: z.string().describe("The platform's own id of the player"),
  grantId: Id.nullable(),
  ...movement,
  createdAt: Instant,
});
export type Posting = z.infer<typeof Posting>;

export const listPostings = defineRoute({
  id: 'listPostings',
  method: 'GET',
  path: '/v1/ledger/postings',
  tag: 'Ledger',
  summary: 'Postings of the ledger, newest transaction first',
  access: { permission: 'ledger:read' },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    grantId: Id.optional(),
    transactionId: Id.optional(),
    kind: LedgerKind.optional(),
    from: Instant.optional().describe('Booked at or after'),
    to: Instant.optional().describe('Booked before'),
  }),
  success: { 200: pageOf(Posting) },
});

/** One line of a bonus's statement. */
export const BonusTransaction = z.object({
  grantId: Id,
  line: z.int().describe('Counts the lines of the bonus from 1, the oldest'),
  player: z.string().describe("The platform's own id of the player"),
  campaignId: Id,
  ...movement,
  change: z
    .int()
    .describe('What it does to the balance of the bonus, minor units; 0 when it moves other money'),
  balance: z.int().describe('Balance of the bonus after it, minor units'),
  transactionId: Id.nullable().describe('Of a posting'),
  betId: z.string().nullable().describe('Of a stake or a win'),
  game: z.string().nullable(),
  happenedAt: Instant.describe('When it happened on the platform'),
  bookedAt: Instant,
});
export type BonusTransaction = z.infer<typeof BonusTransaction>;

const whichTransactions = {
  player: PlayerExternalId.optional(),
  grantId: Id.optional(),
  campaignId: Id.optional(),
  kind: LedgerKind.optional(),
  from: Instant.optional().describe('Booked at or after'),
  to: Instant.optional().describe('Booked before'),
};

export const listBonusTransactions = defineRoute({
  id: 'listBonusTransactions',
  method: 'GET',
  path: '/v1/ledger/transactions',
  tag: 'Ledger',
  summary: 'Statements of bonuses, line by line',
  description:
    'Bonus by bonus, the newest first, and within one its newest line first: every grant, stake, win, conversion and removal ' +
    'with the running balance. Filters leave lines out; the balance still counts them.',
  access: { permission: 'ledger:read' },
  query: z.strictObject({ ...pageQuery, ...whichTransactions }),
  success: { 200: pageOf(BonusTransaction) },
});

export const exportBonusTransactions = defineRoute({
  id: 'exportBonusTransactions',
  method: 'GET',
  path: '/v1/ledger/transactions/export',
  tag: 'Ledger',
  summary: 'The same as CSV, however many lines there are',
  description:
    'Amounts are minor units. Cells that a spreadsheet would run as a formula begin with an apostrophe.',
  access: { permission: 'ledger:read' },
  query: z.strictObject(whichTransactions),
  success: { 200: 'text/csv; charset=utf-8' },
});

/** A bet, or a stake or win told apart, that was played under a bonus or with its money. */
export const BonusBet = z.object({
  betId: z.string(),
  roundId: z.string(),
  game: z.string(),
  category: z.string().nullable(),
  part: z
    .enum(['bet', 'stake', 'win'])
    .describe('`bet`: stake and win told together; `stake`, `win`: told apart, as the wallet does'),
  stake: MinorAmount.describe('All of it, minor units'),
  win: MinorAmount.describe('All of it, minor units'),
  bonusStake: MinorAmount.describe('What this bonus paid of the stake'),
  bonusWin: MinorAmount.describe('What this bonus got of the win'),
  counted: z
    .number()
    .min(0)
    .describe(
      'Turnover it counted for this bonus, minor units to four decimals: 10 % of a stake of 25 is 2.5',
    ),
  aboveMaxBet: z
    .boolean()
    .describe('It was above the largest bet that the terms of this bonus allow. What that means, they say'),
  rolledBackAt: Instant.nullable().describe('Its round was taken back, and so is all that it did'),
  happenedAt: Instant.describe('When it happened on the platform'),
  bookedAt: Instant,
});
export type BonusBet = z.infer<typeof BonusBet>;

export const listGrantBets = defineRoute({
  id: 'listGrantBets',
  method: 'GET',
  path: '/v1/grants/:grantId/bets',
  tag: 'Bonuses',
  summary: 'Bets of a bonus, and what each counted for its turnover',
  description:
    'Newest first: every bet that was played under the bonus or with its money. Each is as it was divided when it was ' +
    'told: what a bet that comes late changes about later ones is corrected in the statement and in the sum of the ' +
    "turnover, not here. With a player token, one of the player's own bonuses.",
  access: { permission: 'bonuses:read', player: true },
  params: z.strictObject({ grantId: Id }),
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(BonusBet) },
  problems: [404],
});

/** What a campaign may still cost in one currency, minor units. */
export const Liability = z.object({
  currency: CurrencyCode,
  budget: z
    .object({ maximum: MinorAmount, used: MinorAmount, reserved: MinorAmount })
    .nullable()
    .describe(
      '`used` is spent or held by bonuses under way; `reserved` waits for a deposit, or is the most that cashback and free spins under way may still cost; null without a budget',
    ),
  pending: z
    .object({ count: z.int(), maximum: MinorAmount })
    .describe(
      'Promised and not worth money yet: waiting for a deposit, spins, cashback; the most they may come to',
    ),
  outstanding: z
    .object({ count: z.int(), balance: MinorAmount })
    .describe('Bonus money that players hold now'),
  worstCase: MinorAmount.nullable().describe(
    'If every one of them converts as much as its terms allow; null when terms set no largest conversion',
  ),
});
export type Liability = z.infer<typeof Liability>;

export const getCampaignLiability = defineRoute({
  id: 'getCampaignLiability',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/liability',
  tag: 'Ledger',
  summary: 'What a campaign may still cost',
  access: { permission: 'ledger:read' },
  params: z.strictObject({ campaignId: Id }),
  success: { 200: z.object({ campaignId: Id, currencies: z.array(Liability) }) },
  problems: [404],
});
