import { ok, type Result, refuse } from '@promosmith/core';
import { REFUSALS, type RefusalKey } from '@promosmith/core/activation';
import { audit } from '../../../platform/audit.ts';
import type { Queryable } from '../../../platform/db.ts';
import { publish } from '../../../platform/outbox.ts';
import { barredBy, loadPlayers } from '../../players/index.ts';
import { moveCounters } from '../give-back.ts';
import type { CampaignCache } from '../kernel/campaign-cache.ts';
import { type Held, lockHeld, type ReviewOrder } from './held.ts';
import { refuseHeld } from './refuse.ts';
import { type Released, releaseHeld } from './release.ts';

export type { ReviewOrder } from './held.ts';
export { refuseHeldOf } from './refuse.ts';

/**
 * Ends the review of an activation, in the caller's transaction, which holds the player from then on. The row's lock makes
 * two decisions at once one effect: the second is refused with `not_in_review`.
 */
export interface Reviews {
  /** Issues what was promised. Refused with the reason while its player is excluded or gets no bonuses. */
  release(tx: Queryable, order: ReviewOrder): Promise<Result<Released['outcome']>>;
  /**
   * Refuses the activation for good; its uses and budget are free again.
   * @param key why, where that is not that a person declined it.
   */
  refuse(tx: Queryable, order: ReviewOrder, key?: RefusalKey): Promise<Result<'refused'>>;
}

const DECLINED: RefusalKey = 'risk_declined';

export const createReviews = (campaigns: CampaignCache): Reviews => ({
  async release(tx, order) {
    const found = await findHeld(tx, order);
    if (!found.ok) return found;
    const held = found.value;
    const player = (await loadPlayers(tx, [held.playerId])).get(held.playerId);
    const barred = player ? barredBy(player) : null;
    if (barred) return refuse(barred, REFUSALS[barred]);
    const origin = originOf(order, held);
    const { outcome, events } = await releaseHeld(tx, campaigns, held, origin);
    await publish(tx, origin, events);
    await record(tx, order, 'activation.released', outcome);
    return ok(outcome);
  },

  async refuse(tx, order, key = DECLINED) {
    const found = await findHeld(tx, order);
    if (!found.ok) return found;
    const { events, moves } = await refuseHeld(tx, [found.value], key);
    await record(tx, order, 'activation.refused', 'refused');
    await publish(tx, originOf(order, found.value), events);
    await moveCounters(tx, moves);
    return ok('refused');
  },
});

async function findHeld(tx: Queryable, order: ReviewOrder): Promise<Result<Held>> {
  const held = await lockHeld(tx, order);
  if (!held) return refuse('not_found', `There is no activation ${order.activationId}.`);
  if (held.outcome !== 'in_review')
    return refuse('not_in_review', `This activation is ${held.outcome} already: nothing is left to review.`);
  return ok(held);
}

const originOf = ({ brandId, actor, requestId }: ReviewOrder, { now }: Held) => ({
  brandId,
  actor,
  correlationId: requestId,
  time: now.toISOString(),
});

const record = (tx: Queryable, order: ReviewOrder, action: string, outcome: string): Promise<void> =>
  audit(tx, {
    brandId: order.brandId,
    actor: order.actor,
    action,
    targetKind: 'activation',
    targetId: order.activationId,
    before: { outcome: 'in_review' },
    after: { outcome },
    reason: order.reason,
    requestId: order.requestId,
  });
