import { bonusGranted, reversed } from '@promosmith/core/ledger';
import { grantLifecycle, previousStates } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { insertPostings } from '../ledger/index.ts';
import { cancelDeliveries } from './deliveries/queue.ts';

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
 * Cancels the open bonuses of a reversed activation and books what is left of them back. Grants that have ended stay
 * as they are: their money is no longer a bonus.
 */
export async function cancelGrants(
  tx: Queryable,
  of: { brandId: string; playerId: string; activationId: string; at: string },
): Promise<CancelledGrant[]> {
  const { rows } = await tx.query<CancelledGrant>(
    `update grants g set status = 'cancelled', balance = 0, budget_reserved = open.spent, changed_at = $3
     from (select grant_id, balance, budget_reserved, coalesce(budget_spent, 0) as spent from grants
           where activation_id = $2 and player_id = $1 and status = any($4)
           order by grant_id for update) open
     where g.grant_id = open.grant_id and g.player_id = $1
     returning g.grant_id as "grantId", g.kind, open.balance as amount, g.currency,
       open.budget_reserved - open.spent as budget`,
    [of.playerId, of.activationId, of.at, previousStates(grantLifecycle, 'cancelled')],
  );
  const transactionId = newId();
  await insertPostings(
    tx,
    rows.flatMap(({ grantId, amount, currency }) => {
      const granted = bonusGranted(grantId, amount, currency);
      if (!granted) return [];
      const { playerId, brandId, at: createdAt } = of;
      return [{ ...reversed(granted), playerId, brandId, grantId, transactionId, createdAt }];
    }),
  );
  await cancelDeliveries(
    tx,
    rows.map(({ grantId }) => ({ grantId, playerId: of.playerId })),
  );
  return rows;
}
