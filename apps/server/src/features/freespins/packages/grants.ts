import type { SpinsEnd } from '@promosmith/core/freespins';
import type { Queryable } from '../../../platform/db.ts';
import { endGrants, type GrantKey, type SpentBudget } from '../../bonuses/index.ts';

/** The provider has the order: the bonus is the player's. One that has ended stays as it is. */
export async function activateGrant(tx: Queryable, { playerId, grantId }: GrantKey): Promise<void> {
  await tx.query(
    `update grants set status = 'active', granted_at = now(), changed_at = now()
     where player_id = $1 and grant_id = $2 and status in ('pending', 'delivery_failed')`,
    [playerId, grantId],
  );
}

const OPEN = ['pending', 'delivery_failed', 'active'] as const;

const STATUS_OF = { finished: 'completed', cancelled: 'cancelled', expired: 'expired' } as const;

/**
 * Ends the bonus as its spins ended. What it reserved of the budget and did not cost goes back to the campaign: that is
 * what `budget_spent` says.
 * @param end `spent` is what it cost, minor units.
 * @returns what of that is on the budget.
 */
export async function endGrant(
  tx: Queryable,
  key: GrantKey,
  { as, reason, spent }: { as: SpinsEnd; reason: string | null; spent: number },
): Promise<SpentBudget[]> {
  const ended = await endGrants(tx, [key], { as: STATUS_OF[as], reason: reason ?? undefined, from: OPEN });
  if (ended.length === 0) return [];
  const { rows } = await tx.query<SpentBudget>(
    `update grants set budget_spent = least(budget_reserved, $3) where player_id = $1 and grant_id = $2
     returning campaign_id as "campaignId", currency, budget_spent as amount`,
    [key.playerId, key.grantId, spent],
  );
  return rows;
}

/** Bonuses are locked before their packages. */
export async function lockGrant(tx: Queryable, { playerId, grantId }: GrantKey): Promise<void> {
  await tx.query('select from grants where player_id = $1 and grant_id = $2 for update', [playerId, grantId]);
}

/** Wallets are locked before bonuses, when real money is to be paid. */
export async function lockWallet(tx: Queryable, playerId: string, currency: string): Promise<void> {
  await tx.query('select from wallets where player_id = $1 and currency = $2 for update', [
    playerId,
    currency,
  ]);
}
