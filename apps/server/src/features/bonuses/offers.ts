import type { Queryable } from '../../platform/db.ts';
import { cancelDeliveries, type GrantKey } from './deliveries/queue.ts';
import { type EndedGrant, endGrants } from './ending.ts';

/** A bonus that was promised and never began, taken back. */
export interface CancelledOffer extends EndedGrant {
  readonly playerExternalId: string;
}

/** Nobody has what is pending yet: not the player, and no outside system has taken it. */
const IS_OFFER = `o.player_id = any($1::uuid[]) and o.status in ('pending', 'delivery_failed')
  and not exists (select from deliveries d where d.player_id = o.player_id and d.grant_id = o.grant_id
                  and d.operation = 'issue' and d.state = 'delivered')`;

/** What players were promised of any kind and have not got. Nothing is locked. */
export async function findOffers(tx: Queryable, playerIds: readonly string[]): Promise<GrantKey[]> {
  const { rows } = await tx.query<GrantKey>(
    `select player_id as "playerId", grant_id as "grantId" from grants o where ${IS_OFFER}`,
    [playerIds],
  );
  return rows;
}

/**
 * Cancels them, and their deliveries: one that is under way at this moment is followed by its cancellation. The caller
 * holds the activations, and gives back what the offers held of budgets.
 */
export async function cancelOffers(
  tx: Queryable,
  playerIds: readonly string[],
  reason: string,
): Promise<CancelledOffer[]> {
  const { rows } = await tx.query<GrantKey & { external_id: string }>(
    `select o.player_id as "playerId", o.grant_id as "grantId", p.external_id
     from grants o join players p on p.player_id = o.player_id
     where ${IS_OFFER} order by o.player_id, o.grant_id for update of o`,
    [playerIds],
  );
  const ended = await endGrants(tx, rows, { as: 'cancelled', reason, budget: 'released' });
  await cancelDeliveries(tx, ended);
  const players = new Map(rows.map(({ playerId, external_id }) => [playerId, external_id]));
  return ended.map((grant) => ({ ...grant, playerExternalId: players.get(grant.playerId) ?? '' }));
}
