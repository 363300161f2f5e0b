import { z } from 'zod';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/** Whole minor units, below zero where what was told late takes something back. */
const Signed = z.int();

export const CashbackSums = z.discriminatedUnion('basis', [
  z.object({
    basis: z.literal('game_net_loss'),
    stakes: Signed.describe('Real money staked; what bonuses paid for does not count'),
    wins: Signed.describe('Real money won'),
  }),
  z.object({
    basis: z.literal('cash_flow'),
    startBalance: Signed,
    deposits: Signed.describe('Less those that were reversed'),
    withdrawals: Signed.describe('Less those that were cancelled'),
    endBalance: Signed,
  }),
]);
export type CashbackSums = z.infer<typeof CashbackSums>;

export const CashbackReason = z
  .enum([
    'no_loss',
    'below_minimum',
    'too_small',
    'self_excluded',
    'bonus_blocked',
    'bonus_ended',
    'amount_too_large',
  ])
  .describe(
    'Why nothing is paid: no loss, less than the smallest one, a share below one minor unit, a player who is out, a bonus ' +
      'that ended before its time, sums too large to be exact',
  );
export type CashbackReason = z.infer<typeof CashbackReason>;

const period = {
  grantId: Id,
  player: z.string().describe("The platform's own id of the player"),
  campaignId: Id,
  number: z.int().describe('Which of the periods of the bonus, from 1'),
  from: Instant,
  to: Instant.describe('The first instant that is no longer part of it'),
  currency: CurrencyCode,
  sums: CashbackSums.nullable().describe('null when they are too large to be exact'),
  netLoss: Signed.nullable().describe('Below zero when the player won'),
  amount: MinorAmount.describe('What is paid back, minor units'),
  paidAs: z.enum(['bonus', 'cash']),
  reason: CashbackReason.nullable(),
};

export const CashbackState = z
  .enum(['nothing', 'paid', 'claimable', 'lapsed'])
  .describe('`claimable` until the player asks for it (`paid`) or does not in time (`lapsed`)');

/** A period that is closed: what it says does not change any more. */
export const CashbackSettlement = z.object({
  id: Id,
  ...period,
  state: CashbackState,
  closedAt: Instant,
  claimUntil: Instant.nullable(),
  paidAt: Instant.nullable(),
});
export type CashbackSettlement = z.infer<typeof CashbackSettlement>;

export const CashbackPreview = z.object({
  ...period,
  periods: z.int().describe('How many the bonus has'),
  payout: z.enum(['automatic', 'claim']),
});
export type CashbackPreview = z.infer<typeof CashbackPreview>;

export const listCashbackSettlements = defineRoute({
  id: 'listCashbackSettlements',
  method: 'GET',
  path: '/v1/cashback/settlements',
  tag: 'Cashback',
  summary: 'Closed periods of cashback, newest first',
  description: 'With a player token, those of that player: then `player` must be left out.',
  access: { permission: 'bonuses:read', player: true },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    campaignId: Id.optional(),
    grantId: Id.optional(),
    state: CashbackState.optional(),
  }),
  success: { 200: pageOf(CashbackSettlement) },
});

export const previewCashback = defineRoute({
  id: 'previewCashback',
  method: 'GET',
  path: '/v1/cashback/preview',
  tag: 'Cashback',
  summary: 'What would be paid if the open periods closed now',
  description:
    'One item for each cashback bonus that is under way, newest first. With a player token, those of that player: then ' +
    '`player` must be left out.',
  access: { permission: 'bonuses:read', player: true },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    campaignId: Id.optional(),
  }),
  success: { 200: pageOf(CashbackPreview) },
});

export const claimCashback = defineRoute({
  id: 'claimCashback',
  method: 'POST',
  path: '/v1/cashback/:settlementId/claim',
  tag: 'Cashback',
  summary: 'Pay out a period that waits to be claimed',
  description: 'Once: claimed again, it answers the same and pays nothing more.',
  access: { permission: 'bonuses:change', player: true },
  params: z.strictObject({ settlementId: Id }),
  success: { 200: CashbackSettlement },
  problems: [404],
});
