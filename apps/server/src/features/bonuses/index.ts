import type { Platform } from '../../platform/platform.ts';
import { mountBonuses } from './routes.ts';
import { createGrantViews } from './views.ts';

export { type CancelledGrant, cancelGrants } from './cancel.ts';
export { cancelDeliveries, type GrantKey, type NewDelivery, queueDeliveries } from './deliveries/queue.ts';
export type { Delivery, DeliveryOutcome, DeliverySender, Operation } from './deliveries/sender.ts';
export { issueBonuses, type NewBonus } from './issue-bonuses.ts';
export type { IssuedGrant } from './issuing.ts';
export {
  type Activated,
  activateGrants,
  endPending,
  loadPendingGrants,
  type PendingGrant,
} from './pending.ts';
export { insertGrants, loadOpenGrants, type NewGrant } from './store.ts';

/** Bonuses issued to players: their rows, and the lists of them. What issues and ends them is in later features. */
export function createBonuses({ db, http }: Platform): void {
  mountBonuses(http, createGrantViews(db));
}
