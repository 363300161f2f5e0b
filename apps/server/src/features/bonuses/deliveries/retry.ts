import type { Actor, BonusDelivery } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { lockGrant, moveGrant, requeue } from './store.ts';
import { findDelivery } from './views.ts';

/** Another brand's delivery is not found either. */
export const deliveryNotFound = refuse('not_found', 'There is no such delivery.');

/** Makes a delivery due now. One that was given up starts over, and its bonus waits for it again. */
export function retry(
  db: Database,
  deliveryId: string,
  by: { brandId: string; actor: Actor; requestId: string },
): Promise<Result<BonusDelivery>> {
  return db.transaction(async (tx): Promise<Result<BonusDelivery>> => {
    const found = await findDelivery(tx, by.brandId, deliveryId);
    if (!found) return deliveryNotFound;
    const { playerId, view: before } = found;
    const grant = { playerId, grantId: before.grantId };
    await lockGrant(tx, grant);
    if (!(await requeue(tx, playerId, deliveryId)))
      return refuse('conflict', 'The delivery is over: it was taken, refused for good, or withdrawn.');
    if (before.operation === 'issue') await moveGrant(tx, grant, 'delivery_failed', 'pending');
    const after = (await findDelivery(tx, by.brandId, deliveryId))?.view;
    if (!after) throw new Error(`delivery ${deliveryId} vanished under its lock`);
    await audit(tx, {
      ...by,
      action: 'delivery.retried',
      targetKind: 'grant',
      targetId: before.grantId,
      before: { deliveryId, state: before.state, attempts: before.attempts },
      after: { deliveryId, state: after.state },
    });
    return ok(after);
  });
}
