import type { Queryable } from '../../platform/db.ts';
import { cancelDeliveries, type GrantKey } from './deliveries/queue.ts';
import { endGrants } from './ending.ts';

export interface CancelledGrant {
  grantId: string;
  kind: string;
  /** What was left of it, minor units. */
  amount: number;
  currency: string;
  /** What it no longer takes from the campaign's budget, minor units: all that is not spent for good. */
  budget: number;
}

/**
 * Cancels the open bonuses of an activation that are not money in a wallet: those end there. Grants that have ended stay
 * as they are.
 */
export async function cancelGrants(
  tx: Queryable,
  of: { playerId: string; activationId: string; reason: string },
): Promise<CancelledGrant[]> {
  const { rows } = await tx.query<GrantKey>(
    'select player_id as "playerId", grant_id as "grantId" from grants where player_id = $1 and activation_id = $2',
    [of.playerId, of.activationId],
  );
  const ended = await endGrants(tx, rows, { as: 'cancelled', reason: of.reason, budget: 'released' });
  await cancelDeliveries(tx, ended);
  return ended.map(({ grantId, kind, currency, budget }) => ({ grantId, kind, amount: 0, currency, budget }));
}
