import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { BudgetReturns, HeldBudget } from './budget-returns.ts';
import type { GrantKey } from './deliveries/queue.ts';

const AT_ONCE = 500;

const UNSPENT = `budget_spent < budget_reserved and status not in ('pending', 'active', 'delivery_failed')`;

/**
 * Gives back to campaigns what bonuses that have ended did not cost. Of cashback and free spins only their end shows it:
 * at the activation the most they can cost was reserved, and `budget_spent` says what they did. Apart from what ended them,
 * because activations are locked before anything of a bonus is. Several processes may run it: what one has returned,
 * another finds returned.
 * @returns whether there may be more.
 */
export const returnUnspent = (db: Database, aside: SetAside, budgets: BudgetReturns): Promise<boolean> =>
  doDue<GrantKey>(aside, {
    async find(names) {
      const { rows } = await db.query<GrantKey>(
        `select player_id as "playerId", grant_id as "grantId" from grants
         where ${UNSPENT} and grant_id <> all($1::uuid[]) order by player_id, grant_id limit ${AT_ONCE}`,
        [names],
      );
      return rows;
    },
    nameOf: ({ grantId }) => grantId,
    work: (ended) => db.transaction((tx) => returnSome(tx, budgets, ended)),
  });

async function returnSome(
  tx: Queryable,
  budgets: BudgetReturns,
  ended: readonly GrantKey[],
): Promise<number> {
  await budgets.hold(tx, ended);
  const { rows: held } = await tx.query<HeldBudget>(
    `update grants g set budget_reserved = g.budget_spent, changed_at = now()
     from (select player_id, grant_id, budget_reserved - budget_spent as unspent from grants
           where player_id = any($1::uuid[]) and grant_id = any($2::uuid[]) and ${UNSPENT}
           order by player_id, grant_id for update) t
     where g.player_id = t.player_id and g.grant_id = t.grant_id
     returning g.player_id as "playerId", g.grant_id as "grantId", g.activation_id as "activationId",
       g.campaign_id as "campaignId", g.kind, g.currency, t.unspent as budget`,
    [ended.map(({ playerId }) => playerId), ended.map(({ grantId }) => grantId)],
  );
  await budgets.giveBack(tx, held);
  return held.length;
}
