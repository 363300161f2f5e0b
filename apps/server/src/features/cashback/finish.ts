import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { endGrants, type GrantKey } from '../bonuses/index.ts';

/**
 * Completes bonuses that have neither an open period nor one to be claimed. What they have not spent of the budget is
 * then free.
 *
 * Two transactions may settle the last two periods of a bonus at once, and each would still see the other's. So its row
 * is taken first, and only then looked at what is left, by a statement that sees what the other one did.
 */
export async function finishBonuses(tx: Queryable, of: readonly GrantKey[]): Promise<void> {
  if (of.length === 0) return;
  const keys = [uuids(of.map(({ playerId }) => playerId)), uuids(of.map(({ grantId }) => grantId))];
  await tx.query(
    `select from grants g join unnest($1::uuid[], $2::uuid[]) as t (player_id, grant_id) using (player_id, grant_id)
     order by player_id, grant_id for update of g`,
    keys,
  );
  const { rows } = await tx.query<GrantKey>(
    `select player_id as "playerId", grant_id as "grantId" from unnest($1::uuid[], $2::uuid[]) as t (player_id, grant_id)
     where not exists (select from cashback_periods c where c.player_id = t.player_id and c.grant_id = t.grant_id
                         and c.state in ('open', 'claimable'))`,
    keys,
  );
  await endGrants(tx, rows, { as: 'completed', from: ['active'] });
}
