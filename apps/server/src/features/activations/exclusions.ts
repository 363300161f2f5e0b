import type { RefusalKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { type CancelledOffer, cancelOffers, findOffers } from '../bonuses/index.ts';
import { budgetReturns, takeBudgets } from './budget-returns.ts';
import { moveCounters } from './give-back.ts';
import { lapseNow } from './lapse.ts';
import { refuseHeldOf } from './review/index.ts';

const SELF_EXCLUDED: RefusalKey = 'self_excluded';

/**
 * Ends at once every offer to players who have excluded themselves (DOMAIN §7): activations that wait for a deposit or for
 * a review, and bonuses of any kind that were promised and not yet delivered. What these held is free again. Bonuses that players have
 * already stay theirs, to be wagered or paid out once they are back.
 * @returns what to publish.
 */
export async function endOffersOfExcluded(tx: Queryable, playerIds: readonly string[]): Promise<NewEvent[]> {
  await budgetReturns.hold(tx, await findOffers(tx, playerIds));
  const lapsed = await lapseNow(tx, playerIds, SELF_EXCLUDED);
  const held = await refuseHeldOf(tx, playerIds, SELF_EXCLUDED);
  const cancelled = await cancelOffers(tx, playerIds, SELF_EXCLUDED);
  await moveCounters(tx, [...lapsed.moves, ...held.moves, ...(await takeBudgets(tx, cancelled))]);
  return [...lapsed.events, ...held.events, ...cancelled.map(cancelledEvent)];
}

const cancelledEvent = (offer: CancelledOffer): NewEvent => ({
  type: 'bonus.cancelled',
  subject: `grant/${offer.grantId}`,
  data: {
    grantId: offer.grantId,
    kind: offer.kind,
    player: offer.playerExternalId,
    campaignId: offer.campaignId,
    activationId: offer.activationId,
    amount: 0,
    currency: offer.currency,
    reason: SELF_EXCLUDED,
  },
});
