import type { Queryable } from '../../platform/db.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { GrantKey } from './deliveries/queue.ts';

/** What a bonus held of its campaign's budget and does not cost. */
export interface HeldBudget extends GrantKey {
  /** Null of a bonus that no activation issued. */
  readonly activationId: string | null;
  readonly campaignId: string;
  readonly kind: string;
  readonly currency: string;
  /** Minor units. */
  readonly budget: number;
}

/** What bonuses of kinds whose cost shows later have cost just now: what was reserved of it is spent. */
export interface SpentBudget {
  readonly campaignId: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
}

/** What becomes of budgets that bonuses hold. A later feature knows who holds them: app.ts hands it in. */
export interface BudgetReturns {
  /** Locks the activations that hold the bonuses' parts of the budget: before any bonus is locked. */
  hold(tx: Queryable, grants: readonly GrantKey[]): Promise<void>;
  /**
   * Gives the budget back, once the bonuses' own `budget_reserved` has been lowered by it. Last in the transaction: the
   * counter is shared by the whole campaign.
   */
  giveBack(tx: Queryable, held: readonly HeldBudget[]): Promise<void>;
  /**
   * Counts as spent what was reserved, once the bonuses' own `budget_spent` has been raised by it. A campaign that has too
   * little left for one more bonus pauses. Last in the transaction as well.
   */
  spend(tx: Queryable, origin: Origin, spent: readonly SpentBudget[]): Promise<void>;
}
