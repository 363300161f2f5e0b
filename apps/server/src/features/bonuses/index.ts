import type { Platform } from '../../platform/platform.ts';
import type { BudgetReturns } from './budget-returns.ts';
import { createDeliveries, type Deliveries } from './deliveries/index.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { returnUnspent } from './return-unspent.ts';
import { mountBonuses } from './routes.ts';
import { createGrantViews, type GrantViews } from './views.ts';

export type { BudgetReturns, HeldBudget, SpentBudget } from './budget-returns.ts';
export { type CancelledGrant, cancelGrants } from './cancel.ts';
export type { Deliveries } from './deliveries/index.ts';
export { cancelDeliveries, type GrantKey, type NewDelivery, queueDeliveries } from './deliveries/queue.ts';
export type { Delivery, DeliveryOutcome, DeliverySender, Operation } from './deliveries/sender.ts';
export { type EndedGrant, endGrants, type GrantEnding } from './ending.ts';
export { issueBonuses, type NewBonus } from './issue-bonuses.ts';
export { type HandGrant, issueByHand } from './issue-by-hand.ts';
export type { IssuedGrant } from './issuing.ts';
export { begunOutside, ENGINE, type Keeper } from './keeper.ts';
export { IS_MONEY } from './money.ts';
export { type CancelledOffer, cancelOffers, findOffers } from './offers.ts';
export {
  type Activated,
  activateGrants,
  endPending,
  loadPendingGrants,
  type PendingGrant,
  promiseUntil,
} from './pending.ts';
export { type Exclusive, insertGrants, insistNoneOpen, loadOpenGrants, type NewGrant } from './store.ts';

export interface Bonuses {
  readonly deliveries: Deliveries;
  readonly keeper: Keeper;
  readonly views: GrantViews;
  /** What becomes of budgets that bonuses hold: spent, or given back. */
  readonly budgets: BudgetReturns;
  /** Says how that is done: once, when the app is built. */
  returnBudgetsBy(returns: BudgetReturns): void;
}

const RETURN = 'return unspent budgets';
const RETURN_EVERY_MS = 1_000;

/**
 * Bonuses issued to players: their rows, the lists of them, and their way to outside systems. What issues and ends them
 * is in later features.
 */
export function createBonuses(platform: Platform): Bonuses {
  let returns: BudgetReturns | undefined;
  const known = (): BudgetReturns => {
    if (!returns) throw new Error('nobody gives budgets back');
    return returns;
  };
  const budgets: BudgetReturns = {
    hold: (tx, grants) => known().hold(tx, grants),
    giveBack: (tx, held) => known().giveBack(tx, held),
    spend: (tx, origin, spent) => known().spend(tx, origin, spent),
  };
  const views = createGrantViews(platform.db);
  const returning = platform.setAside(RETURN);
  platform.ticker.every(RETURN, RETURN_EVERY_MS, () => returnUnspent(platform.db, returning, budgets));
  mountBonuses(platform.http, views);
  return {
    budgets,
    views,
    keeper: createKeeper(platform.db),
    deliveries: createDeliveries(platform, budgets),
    returnBudgetsBy(given) {
      returns = given;
    },
  };
}
