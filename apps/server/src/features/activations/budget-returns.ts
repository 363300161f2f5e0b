import { budgetKey, COST_SHOWS_LATER, isBudgetKey, largestCostOf } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { BudgetReturns, HeldBudget, SpentBudget } from '../bonuses/index.ts';
import { loadDefinition, loadLive } from '../campaigns/index.ts';
import { spendBudget } from './budget.ts';
import { type Move, type Moved, moveCounters, type StoredTake } from './give-back.ts';

/**
 * Moves campaigns' budgets as bonuses cost them, or turn out not to. What an activation holds is on its record; a bonus of
 * no activation holds it by itself.
 */
export const budgetReturns: BudgetReturns = {
  async hold(tx, grants) {
    await tx.query(
      `select from activations a
       where a.player_id = any($1::uuid[]) and (a.player_id, a.activation_id) in (
         select g.player_id, g.activation_id
         from unnest($1::uuid[], $2::uuid[]) as t (player_id, grant_id) join grants g using (player_id, grant_id)
         where g.player_id = any($1::uuid[]))
       order by a.player_id, a.activation_id for update`,
      [grants.map(({ playerId }) => playerId), grants.map(({ grantId }) => grantId)],
    );
  },

  async giveBack(tx, held) {
    await moveCounters(tx, await takeBudgets(tx, held));
  },

  async spend(tx, origin, spent) {
    const costs = spent.filter(({ amount }) => amount > 0);
    if (costs.length === 0) return;
    const moved = await moveCounters(
      tx,
      costs.map(({ campaignId, currency, amount }) => ({
        key: budgetKey(campaignId, currency),
        home: 'counter',
        used: amount,
        reserved: -amount,
      })),
    );
    await tellOfSpent(tx, origin, costs, new Map(moved.map((counter) => [counter.key, counter])));
  },
};

/** What is left is compared with the terms in force: those of the next bonus. */
async function tellOfSpent(
  tx: Queryable,
  origin: Origin,
  spent: readonly SpentBudget[],
  counters: ReadonlyMap<string, Moved>,
): Promise<void> {
  const live = await loadLive(tx, [...new Set(spent.map(({ campaignId }) => campaignId))]);
  for (const { campaignId, version } of live) {
    const terms = await loadDefinition(tx, campaignId, version);
    for (const [currency, maximum] of Object.entries(terms.budget ?? {})) {
      const counterKey = budgetKey(campaignId, currency);
      const counter = counters.get(counterKey);
      if (!counter) continue;
      const { used, reserved } = counter;
      const step = largestCostOf(terms, currency);
      await spendBudget(tx, origin, { campaignId, counterKey, maximum, used, reserved, change: 0, step });
    }
  }
}

/** Takes off the activations' records what their bonuses held. @returns what that moves on the campaigns' counters. */
export async function takeBudgets(tx: Queryable, held: readonly HeldBudget[]): Promise<Move[]> {
  const returned = held.filter(({ budget }) => budget > 0);
  if (returned.length === 0) return [];
  await takeOffActivations(tx, returned);
  return returned.map(({ campaignId, kind, currency, budget }) => {
    const reserved = COST_SHOWS_LATER.has(kind) ? budget : 0;
    return {
      key: budgetKey(campaignId, currency),
      home: 'counter',
      used: reserved - budget,
      reserved: 0 - reserved,
    };
  });
}

/** The caller holds their rows. */
async function takeOffActivations(tx: Queryable, held: readonly HeldBudget[]): Promise<void> {
  const budgets = new Map<string, number>();
  for (const { activationId, budget } of held)
    if (activationId !== null) budgets.set(activationId, (budgets.get(activationId) ?? 0) + budget);
  if (budgets.size === 0) return;
  const { rows } = await tx.query<{ player_id: string; activation_id: string; takes: StoredTake[] }>(
    `select player_id, activation_id, takes from activations
     where player_id = any($1::uuid[]) and activation_id = any($2::uuid[])`,
    [[...new Set(held.map(({ playerId }) => playerId))], [...budgets.keys()]],
  );
  await tx.query(
    `update activations a set takes = t.takes, changed_at = now()
     from unnest($1::uuid[], $2::uuid[], $3::json[]) as t (player_id, activation_id, takes)
     where a.player_id = any($1::uuid[]) and a.player_id = t.player_id and a.activation_id = t.activation_id`,
    [
      rows.map(({ player_id }) => player_id),
      rows.map(({ activation_id }) => activation_id),
      rows.map(({ takes, activation_id }) =>
        JSON.stringify(withoutBudget(takes, budgets.get(activation_id) ?? 0)),
      ),
    ],
  );
}

const withoutBudget = (takes: readonly StoredTake[], budget: number): StoredTake[] =>
  takes.flatMap(([key, home, amount]): StoredTake[] => {
    if (!isBudgetKey(key)) return [[key, home, amount]];
    return amount > budget ? [[key, home, amount - budget]] : [];
  });
