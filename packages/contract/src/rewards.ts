import { z } from 'zod';
import { BasisPoints, Product } from './common.ts';
import { AmountByCurrency, Seconds, WageringTerms } from './wagering.ts';

const product = Product.optional().describe(
  'What the reward can be used on; left out: on whatever the player likes',
);

/** Match on a deposit; granted when the deposit event arrives (DOMAIN §3). */
export const DepositReward = z.strictObject({
  kind: z.literal('deposit'),
  product,
  matchBps: BasisPoints.min(1).describe('Match in basis points of the deposit: 10,000 is 100 %'),
  cap: AmountByCurrency.describe('Largest bonus; it is what the budget reserves until the deposit arrives'),
  minDeposit: AmountByCurrency,
  nthDeposit: z.int().min(1).max(1000).optional().describe('Only the player’s n-th deposit qualifies'),
  paymentMethods: z
    .strictObject({
      only: z.array(z.string().min(1).max(64)).max(100).optional(),
      except: z.array(z.string().min(1).max(64)).max(100).optional(),
    })
    .optional(),
  depositWithinSeconds: Seconds.default(604_800).describe('How long the activation waits for the deposit'),
  wagering: WageringTerms,
});

export const FreeSpinsReward = z.strictObject({
  kind: z.literal('free_spins'),
  count: z.int().min(1).max(10_000),
  provider: z.string().min(1).max(64),
  games: z.array(z.string().min(1).max(128)).min(1).max(500),
  spinValue: AmountByCurrency,
  expiresAfterSeconds: Seconds.default(604_800),
  winnings: z.enum(['bonus', 'cash']).default('bonus'),
  winCap: AmountByCurrency.optional(),
  wagering: WageringTerms.optional(),
});

export const BonusBalanceReward = z.strictObject({
  kind: z.literal('bonus_balance'),
  product,
  amount: AmountByCurrency,
  wagering: WageringTerms,
});

export const CashbackReward = z.strictObject({
  kind: z.literal('cashback'),
  product,
  rateBps: BasisPoints.min(1).max(10_000),
  period: z.enum(['day', 'week', 'month']),
  basis: z.enum(['game_net_loss', 'cash_flow']).default('game_net_loss'),
  minLoss: AmountByCurrency.optional(),
  cap: AmountByCurrency.describe('Largest pay-out of a period'),
  periods: z
    .int()
    .min(1)
    .max(53)
    .default(1)
    .describe('The one it is activated in, from then on, and the whole ones after it'),
  paidAs: z.enum(['bonus', 'cash']).default('bonus'),
  payout: z
    .enum(['automatic', 'claim'])
    .default('automatic')
    .describe('Paid when a period closes, or once the player asks for it'),
  claimWithinSeconds: Seconds.default(604_800).describe(
    'From the close of a period, when it has to be claimed',
  ),
  wagering: WageringTerms.optional(),
});

export const TournamentEntryReward = z.strictObject({
  kind: z.literal('tournament_entry'),
  product,
  tournament: z.string().min(1).max(128),
  seats: z.int().min(1).max(100).default(1),
  expiresAfterSeconds: Seconds.default(2_592_000),
});

export const SpecialReward = z.strictObject({
  kind: z.literal('special'),
  product,
  handler: z.string().min(1).max(64),
  payload: z.record(z.string().max(64), z.json()).default({}),
  expiresAfterSeconds: Seconds.optional(),
});

export const Reward = z.discriminatedUnion('kind', [
  DepositReward,
  FreeSpinsReward,
  BonusBalanceReward,
  CashbackReward,
  TournamentEntryReward,
  SpecialReward,
]);
export type Reward = z.infer<typeof Reward>;
export type RewardKind = Reward['kind'];
