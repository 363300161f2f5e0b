import type { Queryable } from '../../platform/db.ts';
import type { HeldBudget } from './budget-returns.ts';
import { cancelDeliveries, type GrantKey } from './deliveries/queue.ts';

/** A bonus that was promised and never began, taken back. */
export interface CancelledOffer extends HeldBudget {
  readonly kind: string;
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
  const { rows } = await tx.query<CancelledOffer>(
    `update grants g set status = 'cancelled', budget_reserved = 0, ended_reason = $2, changed_at = now()
     from (select o.player_id, o.grant_id, o.budget_reserved, p.external_id from grants o
           join players p on p.player_id = o.player_id
           where ${IS_OFFER} order by o.player_id, o.grant_id for update of o) offer
     where g.player_id = offer.player_id and g.grant_id = offer.grant_id
     returning g.player_id as "playerId", g.grant_id as "grantId", g.activation_id as "activationId",
       g.campaign_id as "campaignId", g.currency, g.kind, offer.budget_reserved as budget,
       offer.external_id as "playerExternalId"`,
    [playerIds, reason],
  );
  await cancelDeliveries(tx, rows);
  return rows;
}
