import { z } from 'zod';
import { GrantKind } from './bonuses.ts';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

const DeliveryState = z
  .enum(['waiting', 'delivered', 'failed', 'refused', 'withdrawn'])
  .describe(
    '`waiting`: due, under way or until its next attempt; `failed`: given up after three days; `refused`: for good, the ' +
      'bonus is cancelled; `withdrawn`: the bonus was cancelled before it was taken',
  );

const DeliveryOperation = z.enum(['issue', 'cancel']);

const DeliveryTarget = z.string().describe('What it is sent to: `engine`, `freespins`, `special`');

/** A bonus on its way to an outside system, or its cancellation. */
export const BonusDelivery = z.object({
  deliveryId: Id,
  grantId: Id.describe('What the outside knows it by: a repetition is the same to it'),
  player: z.string().describe("The platform's own id of the player"),
  kind: GrantKind,
  campaignId: Id,
  target: DeliveryTarget,
  operation: DeliveryOperation,
  state: DeliveryState,
  attempts: z.int(),
  nextAttemptAt: Instant.nullable().describe('null unless it waits'),
  lastAttemptAt: Instant.nullable(),
  lastError: z.string().nullable(),
  response: z.unknown().describe('What the outside answered last; null when it did not'),
  createdAt: Instant,
  changedAt: Instant,
});
export type BonusDelivery = z.infer<typeof BonusDelivery>;

const ofDelivery = {
  tag: 'Bonuses',
  params: z.strictObject({ deliveryId: Id }),
} as const;

export const listDeliveries = defineRoute({
  id: 'listDeliveries',
  method: 'GET',
  path: '/v1/deliveries',
  tag: 'Bonuses',
  summary: 'Bonuses on their way to outside systems, newest first',
  access: { permission: 'bonuses:read' },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    grantId: Id.optional(),
    target: z.string().min(1).max(64).optional(),
    operation: DeliveryOperation.optional(),
    state: DeliveryState.optional(),
  }),
  success: { 200: pageOf(BonusDelivery) },
});

export const getDelivery = defineRoute({
  ...ofDelivery,
  id: 'getDelivery',
  method: 'GET',
  path: '/v1/deliveries/:deliveryId',
  summary: 'One delivery',
  access: { permission: 'bonuses:read' },
  success: { 200: BonusDelivery },
  problems: [404],
});

export const retryDelivery = defineRoute({
  ...ofDelivery,
  id: 'retryDelivery',
  method: 'POST',
  path: '/v1/deliveries/:deliveryId/retry',
  summary: 'Try a delivery again now',
  description:
    'One that was given up gets three more days of attempts, and its bonus is pending again. One that waits for its next ' +
    'attempt is due at once.',
  access: { permission: 'bonuses:change' },
  success: { 202: BonusDelivery },
  problems: [404, 409],
});
