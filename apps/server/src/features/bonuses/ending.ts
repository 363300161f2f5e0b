import { type GrantState, grantLifecycle, previousStates } from '@promosmith/core/lifecycle';
import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import type { HeldBudget } from './budget-returns.ts';
import type { GrantKey } from './deliveries/queue.ts';
import { IS_MONEY } from './money.ts';

/** How bonuses end outside a wallet. */
export interface GrantEnding {
  readonly as: 'completed' | 'lost' | 'expired' | 'forfeited' | 'cancelled';
  /** What staff read; the state itself when left out. */
  readonly reason?: string | undefined;
  /** States they may end from; by default all that the lifecycle of bonuses allows. */
  readonly from?: readonly GrantState[];
  /** `released`: what they hold of a budget and have not spent for good goes back, which the caller sees to. */
  readonly budget?: 'kept' | 'released';
}

/** A bonus that ended; `budget` is what it no longer holds of the campaign's, minor units. */
export interface EndedGrant extends HeldBudget {
  readonly brandId: string;
  /** The database's clock. */
  readonly endedAt: Date;
}

/**
 * Ends bonuses whose end is not the wallet's business, now and with a reason: whatever ends one ends it here. Those that
 * have ended, or may not end in this way, stay as they are, as do bonuses under way in a wallet: those end there. Rows
 * are locked in key order; deliveries are the caller's to cancel.
 * @returns those that ended by it.
 */
export async function endGrants(
  tx: Queryable,
  grants: readonly GrantKey[],
  { as, reason = as, from = previousStates(grantLifecycle, as), budget = 'kept' }: GrantEnding,
): Promise<EndedGrant[]> {
  if (grants.length === 0) return [];
  const { rows } = await tx.query<EndedGrant>(
    `update grants g set status = $3, ended_at = now(), ended_reason = $4, changed_at = now(),
       outside_balance = case when g.outside_balance is not null then 0 end,
       budget_reserved = g.budget_reserved - open.unspent
     from (select player_id, grant_id,
             case when $6 then budget_reserved - coalesce(budget_spent, 0) else 0 end as unspent
           from grants
           where player_id = any($1::uuid[]) and (player_id, grant_id) in (select * from unnest($1::uuid[], $2::uuid[]))
             and status = any($5) and not (status = 'active' and ${IS_MONEY})
           order by player_id, grant_id for update) open
     where g.player_id = open.player_id and g.grant_id = open.grant_id
     returning g.player_id as "playerId", g.grant_id as "grantId", g.activation_id as "activationId",
       g.campaign_id as "campaignId", g.currency, g.kind, g.brand_id as "brandId",
       g.ended_at as "endedAt", open.unspent as budget`,
    [
      uuids(grants.map(({ playerId }) => playerId)),
      uuids(grants.map(({ grantId }) => grantId)),
      as,
      reason,
      from,
      budget === 'released',
    ],
  );
  return rows;
}
