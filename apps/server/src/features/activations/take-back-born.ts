import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { type CancelledGrant, cancelDeliveries, endGrants, type HeldBudget } from '../bonuses/index.ts';
import { endMoney, type Taken } from './take-back-money.ts';

/** A bonus that came out of another one and was taken back. */
export type TakenBorn = CancelledGrant & HeldBudget;

interface Born {
  readonly grantId: string;
  readonly parentId: string;
}

/**
 * Takes back what came out of bonuses that are taken back: those that hold the winnings of free spins, or that pay
 * cashback. They end as the bonuses of the activation itself do, and what is left of them comes off what those have cost.
 * What had become the player's own by then, converted or paid as cash, stays so.
 * @param parents bonuses that nothing more can come out of: the caller holds them.
 * @returns those that ended by it, whose reversal is the caller's to tell of, and what else is to be published.
 */
export async function takeBackBorn(
  tx: Queryable,
  taken: Taken,
  parents: readonly string[],
): Promise<{ readonly born: readonly TakenBorn[]; readonly events: readonly NewEvent[] }> {
  const { playerId, reason } = taken;
  const { rows: found } = await tx.query<Born>(
    `select grant_id as "grantId", parent_grant_id as "parentId" from grants
     where player_id = $1 and parent_grant_id = any($2::uuid[]) order by grant_id`,
    [playerId, parents],
  );
  const inWallet = await endMoney(
    tx,
    taken,
    found.map(({ grantId }) => grantId),
  );
  const elsewhere = await endGrants(
    tx,
    found.map(({ grantId }) => ({ playerId, grantId })),
    { as: 'cancelled', reason },
  );
  await cancelDeliveries(tx, elsewhere);
  const ended = new Set([...inWallet.ended, ...elsewhere.map(({ grantId }) => grantId)]);
  const born: TakenBorn[] = [];
  for (const one of found) if (ended.has(one.grantId)) born.push(await takeOffParent(tx, playerId, one));
  return { born, events: inWallet.events };
}

/** Of a bonus that an outside engine kept all of it is left: what was played of it, that engine alone knows. */
async function takeOffParent(
  tx: Queryable,
  playerId: string,
  { grantId, parentId }: Born,
): Promise<TakenBorn> {
  const { rows } = await tx.query<TakenBorn>(
    `update grants p set budget_reserved = p.budget_reserved - t.cost, budget_spent = p.budget_spent - t.cost,
       changed_at = now()
     from (select b.kind, b.remainder, b.currency,
             least(coalesce(o.budget_spent, o.budget_reserved), case when b.outside_balance is null then b.remainder else b.amount end) as cost
           from grants b join grants o on o.player_id = b.player_id and o.grant_id = b.parent_grant_id
           where b.player_id = $1 and b.grant_id = $2) t
     where p.player_id = $1 and p.grant_id = $3
     returning p.player_id as "playerId", $2::uuid as "grantId", p.activation_id as "activationId",
       p.campaign_id as "campaignId", t.kind, t.remainder as amount, t.currency, t.cost as budget`,
    [playerId, grantId, parentId],
  );
  const [row] = rows;
  if (!row) throw new Error(`bonus ${grantId} came out of ${parentId}, which is not there`);
  return row;
}
