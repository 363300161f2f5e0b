import type { Queryable } from '../../platform/db.ts';
import { type DeliveryOutcome, endGrants, type GrantKey } from '../bonuses/index.ts';

/** Holds a bonus's row. @returns `due`: to be issued; `issued` by an attempt before; `over`: cancelled or expired. */
export async function holdBonus(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
): Promise<'due' | 'issued' | 'over'> {
  const { rows } = await tx.query<{ status: string }>(
    `select status from grants where player_id = $1 and grant_id = $2 for update`,
    [playerId, grantId],
  );
  const status = rows[0]?.status;
  if (status === 'pending') return 'due';
  return status === 'active' || status === 'completed' ? 'issued' : 'over';
}

/** A bonus that was issued, if it still waits for that. Those that are still to come to something stay active. */
export async function markIssued(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
  as: 'active' | 'completed',
): Promise<void> {
  const { rowCount } = await tx.query(
    `update grants set status = 'active', granted_at = now(), changed_at = now()
     where player_id = $1 and grant_id = $2 and status = 'pending'`,
    [playerId, grantId],
  );
  if (rowCount === 1 && as === 'completed') await endGrants(tx, [{ playerId, grantId }], { as });
}

export const isOver: DeliveryOutcome = {
  kind: 'refused',
  reason: 'the bonus is no longer pending',
  response: null,
};
