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
  cap: AmountByCurrency.describe(
    'Largest bonus, minor units; it is what the budget reserves until the deposit arrives',
  ),
  minDeposit: AmountByCurrency.describe('Smallest deposit that qualifies, minor units'),
  nthDeposit: z.int().min(1).max(1000).optional().describe('Only the player’s n-th deposit qualifies'),
  paymentMethods: z
    .strictObject({
      only: z.array(z.string().min(1).max(64)).max(100).optional(),
      except: z.array(z.string().min(1).max(64)).max(100).optional(),
    })
    .optional()
    .describe('Which deposits qualify, by the `method` that the platform tells; left out: all'),
  depositWithinSeconds: Seconds.default(604_800).describe('How long the activation waits for the deposit'),
  wagering: WageringTerms,
});

export const FreeSpinsReward = z.strictObject({
  kind: z.literal('free_spins'),
  count: z.int().min(1).max(10_000).describe('Spins'),
  provider: z
    .string()
    .min(1)
    .max(64)
    .describe('Name it was connected under: `PUT /v1/free-round-providers/…`'),
  games: z.array(z.string().min(1).max(128)).min(1).max(500).describe('In the words of the provider'),
  spinValue: AmountByCurrency.describe('Of one spin, minor units'),
  expiresAfterSeconds: Seconds.default(604_800).describe('From when the code is used'),
  winnings: z.enum(['bonus', 'cash']).default('bonus').describe('What they are paid as'),
  winCap: AmountByCurrency.optional().describe(
    'Most of the winnings that is paid, minor units. A campaign with a budget needs one',
  ),
  wagering: WageringTerms.optional().describe('Of winnings that are paid as a bonus'),
});

export const BonusBalanceReward = z.strictObject({
  kind: z.literal('bonus_balance'),
  product,
  amount: AmountByCurrency.describe('Minor units'),
  wagering: WageringTerms,
});

export const CashbackReward = z.strictObject({
  kind: z.literal('cashback'),
  product,
  rateBps: BasisPoints.min(1).max(10_000).describe('Share of the loss in basis points: 1,000 is 10 %'),
  period: z.enum(['day', 'week', 'month']).describe("Of the calendar in the brand's time zone; ISO weeks"),
  basis: z
    .enum(['game_net_loss', 'cash_flow'])
    .default('game_net_loss')
    .describe(
      'Real money staked less won; or balance at the start and deposits, less withdrawals and balance at the end',
    ),
  minLoss: AmountByCurrency.optional().describe('Smallest loss that anything is paid for, minor units'),
  cap: AmountByCurrency.describe('Largest pay-out of a period, minor units'),
  periods: z
    .int()
    .min(1)
    .max(53)
    .default(1)
    .describe('The one it is activated in, from then on, and the whole ones after it'),
  paidAs: z.enum(['bonus', 'cash']).default('bonus').describe('`bonus` needs `wagering`'),
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
  tournament: z
    .string()
    .min(1)
    .max(128)
    .describe('Key: tickets are good for the tournament of that key that is open'),
  seats: z.int().min(1).max(100).default(1).describe('Tickets'),
  expiresAfterSeconds: Seconds.default(2_592_000),
});

export const SpecialReward = z.strictObject({
  kind: z.literal('special'),
  product,
  handler: z.string().min(1).max(64).describe('One of `GET /v1/special-handlers`'),
  payload: z.record(z.string().max(64), z.json()).default({}).describe('As the handler has it'),
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
