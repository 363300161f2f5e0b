import { ok, type Result, refuse } from '@promosmith/core';
import { largestCostOf } from '@promosmith/core/activation';
import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { publish } from '../../platform/outbox.ts';
import { takeBudget } from '../activations/index.ts';
import { issueByHand } from '../bonuses/index.ts';
import type { Candidate } from './candidate.ts';
import type { Origin } from './origin.ts';

/** Issues the bonus. The budget is the whole campaign's, so it is taken last; too little of it undoes the rest. */
export async function issueNow(
  tx: Queryable,
  {
    grantId,
    reason,
    player,
    campaignId,
  }: { grantId: string; reason: string; player: string; campaignId: string },
  { playerId: id, campaignVersion, definition, plan, now }: Candidate,
  by: Origin,
): Promise<Result<null>> {
  const { brandId, actor, requestId } = by;
  const { kind, amount, currency, cost } = plan;
  const maximum = definition.budget?.[currency];
  const time = now.toISOString();
  await issueByHand(tx, {
    playerId: id,
    grantId,
    brandId,
    campaignId,
    campaignVersion,
    exclusiveGroup: definition.exclusiveGroup,
    budgetReserved: maximum === undefined ? 0 : cost,
    createdAt: time,
    plan,
  });
  const about = { grantId, kind, amount, currency, campaignId, player };
  await audit(tx, {
    ...by,
    action: 'grant.issued',
    targetKind: 'grant',
    targetId: grantId,
    after: { ...about, campaignVersion, rewardIndex: plan.rewardIndex },
    reason,
  });
  const origin = { brandId, actor, correlationId: requestId, time };
  await publish(tx, origin, [
    {
      type: 'bonus.granted',
      subject: `grant/${grantId}`,
      data: { ...about, activationId: null, source: 'staff', parentGrantId: null },
    },
  ]);
  if (maximum === undefined) return ok(null);
  const step = largestCostOf(definition, currency);
  if (await takeBudget(tx, origin, { campaignId, kind, currency, maximum, step, amount: cost }))
    return ok(null);
  return refuse('budget_exceeded', 'What is left of the budget of the campaign does not cover this bonus.');
}
