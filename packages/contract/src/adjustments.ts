import { z } from 'zod';
import { CurrencyCode, Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const AdjustmentKind = z
  .enum(['late_event', 'late_rollback', 'deposit_reversed'])
  .describe(
    '`late_event`: told after the bonus it concerns had ended for good; `late_rollback`: a round that a bonus was ' +
      'played with was rolled back after that; `deposit_reversed`: the deposit of a bonus that had become real money',
  );

/** Something that a machine may not put right, because the money was the player's own by then: a case for a person. */
export const Adjustment = z.object({
  id: Id,
  player: z.string().describe("The platform's own id of the player"),
  grantId: Id.nullable(),
  kind: AdjustmentKind,
  amount: z
    .int()
    .describe(
      'Minor units it is about: of a bet told late its stake, of one taken back what was bonus money of stake and win together',
    ),
  currency: CurrencyCode,
  detail: z
    .record(z.string(), z.unknown())
    .describe(
      'What was told, and how it had been booked; `contribution` is turnover in 1/10,000 of a minor unit',
    ),
  createdAt: Instant,
  closedAt: Instant.nullable(),
  closedBy: Actor.nullable(),
  note: z.string().nullable(),
});
export type Adjustment = z.infer<typeof Adjustment>;

export const listAdjustments = defineRoute({
  id: 'listAdjustments',
  method: 'GET',
  path: '/v1/adjustments',
  tag: 'Ledger',
  summary: 'Cases of money that a person has to put right, newest first',
  access: { permission: 'ledger:read' },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    state: z.enum(['open', 'closed']).optional(),
  }),
  success: { 200: pageOf(Adjustment) },
});

const ofAdjustment = {
  tag: 'Ledger',
  params: z.strictObject({ adjustmentId: Id }),
  problems: [404],
} as const;

export const getAdjustment = defineRoute({
  ...ofAdjustment,
  id: 'getAdjustment',
  method: 'GET',
  path: '/v1/adjustments/:adjustmentId',
  summary: 'One case',
  access: { permission: 'ledger:read' },
  success: { 200: Adjustment },
});

export const closeAdjustment = defineRoute({
  ...ofAdjustment,
  id: 'closeAdjustment',
  method: 'POST',
  path: '/v1/adjustments/:adjustmentId/close',
  summary: 'Close a case, saying what was done',
  description:
    'It moves no money. A case that is closed already stays as it was closed, and is answered with that.',
  access: { permission: 'ledger:adjust' },
  body: z.strictObject({ note: z.string().trim().min(1).max(2000) }),
  success: { 200: Adjustment },
});
