import { z } from 'zod';
import { CurrencyCode, Id, MinorAmount, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

const reference = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x20-\x7e]+$/, 'printable ASCII only');
const name = z.string().min(1).max(64);
const PositiveAmount = z.int().min(1).describe('Minor units, above 0');

const ONCE =
  'The transaction counts once: sent again, it is answered again with what it was answered then, and with ' +
  '`Idempotent-Replayed`; with other content it is a `conflict`. A refused one had no effect and may be sent again.';

const whose = {
  player: PlayerExternalId.describe("The platform's own id of the player"),
  currency: CurrencyCode,
};

const transaction = {
  transactionId: reference.describe("The caller's own id of the transaction, unique among the player's"),
  ...whose,
};

const play = {
  roundId: reference.describe('Stakes and wins of one round belong together'),
  game: reference,
  category: name.optional().describe('What contributions to wagering go by, e.g. `slots`'),
  provider: name.optional(),
};

/** Real and bonus money of a player in one currency, minor units. */
export const WalletBalance = z.object({
  real: MinorAmount.describe('May be withdrawn'),
  bonus: MinorAmount.describe('Of all active bonuses together: to be played with, not to be withdrawn'),
});

/** What a transaction came to. */
export const WalletTransaction = z.object({
  transactionId: z.string(),
  player: z.string(),
  currency: CurrencyCode,
  kind: z.enum(['bet', 'win', 'rollback', 'deposit', 'withdrawal']),
  amount: MinorAmount.describe('Minor units; of a rollback 0'),
  split: WalletBalance.describe('How much of the amount was real and bonus money'),
  balance: WalletBalance.describe('Right after it'),
});
export type WalletTransaction = z.infer<typeof WalletTransaction>;

const answer = { success: { 200: WalletTransaction }, problems: [409] } as const;
const access = { permission: 'wallet:write' } as const;

export const placeWalletBet = defineRoute({
  id: 'placeWalletBet',
  method: 'POST',
  path: '/v1/wallet/bets',
  tag: 'Wallet',
  summary: 'Stake money of a player on a round',
  description:
    'Taken from real and bonus money in the order that the terms of the oldest active bonus say. Refused with ' +
    '`insufficient_funds`, `max_bet_exceeded` (where the terms of that bonus reject larger bets), `self_excluded`, or ' +
    `\`rolled_back\`. ${ONCE}`,
  access,
  body: z.strictObject({ ...transaction, amount: MinorAmount, ...play }),
  ...answer,
});

export const payWalletWin = defineRoute({
  id: 'payWalletWin',
  method: 'POST',
  path: '/v1/wallet/wins',
  tag: 'Wallet',
  summary: 'Pay a player what a round won',
  description:
    'Divided as the stakes of its round were. **Tell the end of every round**, with a win of 0 when nothing was won: a ' +
    'bonus that was played with is neither complete nor lost before. A round that nobody ends is over a week after its ' +
    `last stake. Refused with \`rolled_back\`. ${ONCE}`,
  access,
  body: z.strictObject({
    ...transaction,
    amount: MinorAmount,
    ...play,
    endsRound: z.boolean().default(true).describe('False when more wins of the round may come'),
  }),
  ...answer,
});

export const rollBackWalletPlay = defineRoute({
  id: 'rollBackWalletPlay',
  method: 'POST',
  path: '/v1/wallet/rollbacks',
  tag: 'Wallet',
  summary: 'Take back a round, or one bet or win of it',
  description:
    'As if it had never been played: stakes, wins, turnover. What is not known yet is taken back before it comes. ' +
    'When a bonus it was played with has ended for good, real money is put right and a case for a person is opened. ' +
    ONCE,
  access,
  body: z.union([
    z.strictObject({ ...transaction, roundId: reference.describe('With all its bets and wins') }),
    z.strictObject({
      ...transaction,
      rolledBackId: reference.describe('Transaction id of the one bet or win'),
    }),
  ]),
  ...answer,
});

export const makeWalletDeposit = defineRoute({
  id: 'makeWalletDeposit',
  method: 'POST',
  path: '/v1/wallet/deposits',
  tag: 'Wallet',
  summary: 'Credit a deposit',
  description:
    'All that the event `deposit.succeeded` does, deposit bonuses among it; the transaction is the `depositId`. Refused ' +
    `with \`self_excluded\`, and as the event is. ${ONCE}`,
  access,
  body: z.strictObject({
    ...transaction,
    amount: PositiveAmount,
    method: name.describe('Payment method, in the words that campaigns use'),
    index: z.int().min(1).max(1_000_000).optional().describe("The player's how-many-th deposit"),
  }),
  ...answer,
});

export const requestWalletWithdrawal = defineRoute({
  id: 'requestWalletWithdrawal',
  method: 'POST',
  path: '/v1/wallet/withdrawals',
  tag: 'Wallet',
  summary: 'Take money out for a withdrawal',
  description:
    'Real money alone, and at once: what is asked for can no longer be played with. Active bonuses end, stay or forbid ' +
    `it, as their terms say. Refused with \`insufficient_funds\` or \`withdrawal_blocked\`. ${ONCE}`,
  access,
  body: z.strictObject({ ...transaction, amount: PositiveAmount }),
  ...answer,
});

/** A withdrawal and what became of it. */
export const WalletWithdrawal = z.object({
  withdrawalId: z.string(),
  player: z.string(),
  currency: CurrencyCode,
  amount: MinorAmount,
  state: z.enum(['paid', 'cancelled']),
  balance: WalletBalance,
});
export type WalletWithdrawal = z.infer<typeof WalletWithdrawal>;

const closing = {
  method: 'POST',
  tag: 'Wallet',
  access,
  params: z.strictObject({ withdrawalId: reference.describe('Transaction id of the request') }),
  body: z.strictObject(whose),
  success: { 200: WalletWithdrawal },
  problems: [404, 409],
} as const;

export const payWalletWithdrawal = defineRoute({
  ...closing,
  id: 'payWalletWithdrawal',
  path: '/v1/wallet/withdrawals/:withdrawalId/pay',
  summary: 'Tell that a withdrawal was paid out',
  description: 'A `conflict` when it was cancelled. Paid already, it stays so.',
});

export const cancelWalletWithdrawal = defineRoute({
  ...closing,
  id: 'cancelWalletWithdrawal',
  path: '/v1/wallet/withdrawals/:withdrawalId/cancel',
  summary: 'Give back the money of a withdrawal',
  description:
    'And the bonuses it forfeited, as far as they have not expired. A `conflict` when it was paid. Cancelled already, it ' +
    'stays so.',
});

export const getWalletBalance = defineRoute({
  id: 'getWalletBalance',
  method: 'GET',
  path: '/v1/wallet/players/:externalId/balance',
  tag: 'Wallet',
  summary: 'What a player has in one currency',
  access: { permission: 'ledger:read' },
  params: z.strictObject({ externalId: PlayerExternalId.describe("The platform's own id of the player") }),
  query: z.strictObject({ currency: CurrencyCode.optional().describe("The brand's when left out") }),
  success: {
    200: WalletBalance.extend({
      player: z.string(),
      currency: CurrencyCode,
      grants: z
        .array(
          z.object({
            grantId: Id,
            balance: MinorAmount,
            wagered: MinorAmount.describe('Turnover so far, minor units'),
            wageringRequired: MinorAmount.describe('Turnover required, minor units'),
          }),
        )
        .describe('Active bonuses, in the order they are played with'),
    }),
  },
  problems: [404],
});
