import type { Queryable } from '../../platform/db.ts';
import type { GrantKey } from './deliveries/queue.ts';

/** What a bonus held of its campaign's budget and does not cost. */
export interface HeldBudget extends GrantKey {
  /** Null of a bonus that no activation issued. */
  readonly activationId: string | null;
  readonly campaignId: string;
  readonly currency: string;
  /** Minor units. */
  readonly budget: number;
}

/** Gives back to budgets. A later feature knows who holds them: app.ts hands it in. */
export interface BudgetReturns {
  /** Locks the activations that hold the bonuses' parts of the budget: before any bonus is locked. */
  hold(tx: Queryable, grants: readonly GrantKey[]): Promise<void>;
  /**
   * Gives the budget back, once the bonuses' own `budget_reserved` has been lowered by it. Last in the transaction: the
   * counter is shared by the whole campaign.
   */
  giveBack(tx: Queryable, held: readonly HeldBudget[]): Promise<void>;
}
