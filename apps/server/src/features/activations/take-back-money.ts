import type { Queryable } from '../../platform/db.ts';
import { type CancelledGrant, IS_MONEY } from '../bonuses/index.ts';
import { changeFunds } from '../funds/index.ts';

interface Taken {
  readonly activation_id: string;
  readonly player_id: string;
  readonly player_external_id: string;
  readonly brandId: string;
  readonly reason: string;
}

/**
 * Ends the bonuses of money that an activation issued and that are under way, in the wallet, as if they had never been
 * granted: what is left goes back. What was played away stays spent. Those that were lost or forfeited end as well, or a
 * round rolled back or a withdrawal cancelled later would bring them back. The caller holds the activation's row.
 */
export async function takeBackMoney(
  tx: Queryable,
  { activation_id, player_id, player_external_id, brandId, reason }: Taken,
): Promise<CancelledGrant[]> {
  const { rows } = await tx.query<{ grant_id: string; currency: string }>(
    `select grant_id, currency from grants
     where player_id = $1 and activation_id = $2 and status in ('active', 'lost', 'forfeited') and ${IS_MONEY}
     order by grant_id`,
    [player_id, activation_id],
  );
  const results = await changeFunds(
    tx,
    rows.map(({ grant_id, currency }) => ({
      ...{ brandId, playerId: player_id, playerExternalId: player_external_id, currency },
      reference: `reversal ${grant_id}`,
      change: { kind: 'end', grantId: grant_id, as: 'cancelled', reason, takesBack: true } as const,
    })),
  );
  const ended = results.flatMap((result, index) => {
    const id = rows[index]?.grant_id;
    const after = result.ok ? result.value.grants.find(({ grantId }) => grantId === id) : undefined;
    return after?.status === 'cancelled' ? [after.grantId] : [];
  });
  return releaseBudgets(tx, player_id, ended);
}

/** What bonuses that were taken back still held is no longer theirs; what was played away is spent. */
export async function releaseBudgets(
  tx: Queryable,
  playerId: string,
  grantIds: readonly string[],
): Promise<CancelledGrant[]> {
  if (grantIds.length === 0) return [];
  const { rows } = await tx.query<CancelledGrant>(
    `update grants g set budget_reserved = held.budget_reserved - held.left
     from (select grant_id, budget_reserved, least(budget_reserved, remainder) as left from grants
           where player_id = $1 and grant_id = any($2::uuid[])) held
     where g.player_id = $1 and g.grant_id = held.grant_id
     returning g.grant_id as "grantId", g.kind, g.remainder as amount, g.currency, held.left as budget`,
    [playerId, grantIds],
  );
  return rows;
}
