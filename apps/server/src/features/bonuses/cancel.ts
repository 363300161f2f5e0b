import { ACCOUNTS } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import { insertPostings } from '../ledger/index.ts';

export interface CancelledGrant {
  grantId: string;
  kind: string;
  /** What was left of it, minor units. */
  amount: number;
  currency: string;
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
    `update grants g set status = 'cancelled', balance = 0, changed_at = $3
     from (select grant_id, balance from grants
           where activation_id = $2 and player_id = $1 and status in ('pending', 'active', 'delivery_failed')
           order by grant_id for update) open
     where g.grant_id = open.grant_id and g.player_id = $1
     returning g.grant_id as "grantId", g.kind, open.balance as amount, g.currency`,
    [of.playerId, of.activationId, of.at],
  );
  await insertPostings(
    tx,
    rows
      .filter(({ amount }) => amount > 0)
      .map(({ grantId, amount, currency }) => ({
        kind: 'bonus_reversed',
        debit: ACCOUNTS.playerBonus(grantId),
        credit: ACCOUNTS.bonusExpense,
        amount,
        currency,
        playerId: of.playerId,
        brandId: of.brandId,
        grantId,
        transactionId: of.activationId,
        createdAt: of.at,
      })),
  );
  return rows;
}
