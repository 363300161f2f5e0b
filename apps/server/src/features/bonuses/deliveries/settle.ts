import type { Queryable } from '../../../platform/db.ts';
import { type NewEvent, type Origin, publish } from '../../../platform/outbox.ts';
import type { BudgetReturns, HeldBudget } from '../budget-returns.ts';
import { endGrants } from '../ending.ts';
import type { Delivery, DeliveryOutcome, DeliverySender } from './sender.ts';
import { type Attempted, type DeliveredGrant, lockGrant, moveGrant, recordAttempt } from './store.ts';

/** An attempt after which there is no other: taken, refused for good, or given up. */
export interface Settled {
  readonly target: string;
  readonly sender: DeliverySender;
  readonly claim: Delivery;
  readonly outcome: DeliveryOutcome;
  readonly attempted: Attempted;
}

/**
 * Records the end of a delivery with everything that follows from it. An issue that was refused is compensated: its
 * bonus is cancelled, and what it held of the budget given back.
 * @returns false when it was overtaken by a later attempt or by a cancellation: then nothing happened.
 */
export async function settle(tx: Queryable, settled: Settled, returns: BudgetReturns): Promise<boolean> {
  const { sender, claim, outcome, attempted } = settled;
  const isRefusedIssue = outcome.kind === 'refused' && claim.operation === 'issue';
  if (isRefusedIssue) await returns.hold(tx, [claim]);
  const grant = await lockGrant(tx, claim);
  if (!(await recordAttempt(tx, claim, attempted))) return false;

  const origin: Origin = {
    brandId: claim.brandId,
    actor: { kind: 'system', id: 'deliveries' },
    correlationId: claim.deliveryId,
    time: grant.now.toISOString(),
  };
  const [held] = isRefusedIssue
    ? await endGrants(tx, [claim], { as: 'cancelled', reason: outcome.reason, budget: 'released' })
    : [];
  const events = held ? [cancelledEvent(settled, grant, held)] : [];
  if (outcome.kind === 'failed') events.push(await giveUp(tx, settled, grant, outcome.error));
  else events.push(...(await sender.settled(tx, claim, outcome, origin)));
  await publish(tx, origin, events);
  if (held) await returns.giveBack(tx, [held]);
  return true;
}

const about = ({ target, claim }: Settled, { kind, campaignId }: DeliveredGrant) => ({
  grantId: claim.grantId,
  kind,
  campaignId,
  player: claim.playerExternalId,
  target,
});

const cancelledEvent = (settled: Settled, grant: DeliveredGrant, { currency }: HeldBudget): NewEvent => ({
  type: 'bonus.cancelled',
  subject: `grant/${settled.claim.grantId}`,
  data: { ...about(settled, grant), amount: 0, currency, reason: settled.attempted.error },
});

/** A bonus whose cancellation was given up stays cancelled here. */
async function giveUp(
  tx: Queryable,
  settled: Settled,
  grant: DeliveredGrant,
  error: string,
): Promise<NewEvent> {
  const { claim } = settled;
  if (claim.operation === 'issue') await moveGrant(tx, claim, 'pending', 'delivery_failed');
  return {
    type: 'grant.delivery_failed',
    subject: `grant/${claim.grantId}`,
    data: {
      ...about(settled, grant),
      deliveryId: claim.deliveryId,
      operation: claim.operation,
      attempts: claim.attempt,
      error,
    },
  };
}
