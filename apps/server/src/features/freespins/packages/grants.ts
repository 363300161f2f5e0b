import type { SpinsEnd } from '@promosmith/core/freespins';
import type { Queryable } from '../../../platform/db.ts';
import type { GrantKey } from '../../bonuses/index.ts';

/** The provider has the order: the bonus is the player's. One that has ended stays as it is. */
export async function activateGrant(tx: Queryable, { playerId, grantId }: GrantKey): Promise<void> {
  await tx.query(
    `update grants set status = 'active', granted_at = now(), changed_at = now()
     where player_id = $1 and grant_id = $2 and status in ('pending', 'delivery_failed')`,
    [playerId, grantId],
  );
}

const STATUS_OF = { finished: 'completed', cancelled: 'cancelled', expired: 'expired' } as const;

/**
 * Ends the bonus as its spins ended. What it took from the budget and did not cost goes back to the campaign: that is
 * what `budget_spent` says.
 * @param spent minor units.
 */
export async function endGrant(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
  end: { as: SpinsEnd; reason: string | null; spent: number },
): Promise<void> {
  await tx.query(
    `update grants set status = $3, ended_reason = $4, budget_spent = least(budget_reserved, $5), changed_at = now()
     where player_id = $1 and grant_id = $2 and status in ('pending', 'delivery_failed', 'active')`,
    [playerId, grantId, STATUS_OF[end.as], end.reason, end.spent],
  );
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
