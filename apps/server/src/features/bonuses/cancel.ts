import { grantLifecycle, previousStates } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import { cancelDeliveries } from './deliveries/queue.ts';
import { IS_MONEY } from './money.ts';

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
  of: { playerId: string; activationId: string; at: string },
): Promise<CancelledGrant[]> {
  const { rows } = await tx.query<CancelledGrant>(
    `update grants g set status = 'cancelled', budget_reserved = open.spent, changed_at = $3
     from (select grant_id, budget_reserved, coalesce(budget_spent, 0) as spent from grants
           where activation_id = $2 and player_id = $1 and status = any($4)
             and not (status = 'active' and ${IS_MONEY})
           order by grant_id for update) open
     where g.grant_id = open.grant_id and g.player_id = $1
     returning g.grant_id as "grantId", g.kind, 0 as amount, g.currency, open.budget_reserved - open.spent as budget`,
    [of.playerId, of.activationId, of.at, previousStates(grantLifecycle, 'cancelled')],
  );
  await cancelDeliveries(
    tx,
    rows.map(({ grantId }) => ({ grantId, playerId: of.playerId })),
  );
  return rows;
}
