import { ok, type Result, refuse } from '@promosmith/core';
import { largestCostOf } from '@promosmith/core/activation';
import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { type Origin as EventOrigin, publish } from '../../platform/outbox.ts';
import { takeBudget } from '../activations/index.ts';
import { issueByHand } from '../bonuses/index.ts';
import type { Candidate } from './candidate.ts';
import type { Origin } from './origin.ts';

/** Which bonus, of what and for whom. */
interface Issue {
  readonly grantId: string;
  /** The platform's id. */
  readonly player: string;
  readonly campaignId: string;
  readonly source: 'staff' | 'journey';
}

/** Issues a bonus that a person asked for. Too little budget undoes the rest. */
export async function issueNow(
  tx: Queryable,
  { reason, ...asked }: Omit<Issue, 'source'> & { readonly reason: string },
  candidate: Candidate,
  by: Origin,
): Promise<Result<null>> {
  const { grantId, player, campaignId } = asked;
  const { campaignVersion, plan, now } = candidate;
  const { kind, amount, currency, rewardIndex } = plan;
  await audit(tx, {
    ...by,
    action: 'grant.issued',
    targetKind: 'grant',
    targetId: grantId,
    after: { grantId, kind, amount, currency, campaignId, player, campaignVersion, rewardIndex },
    reason,
  });
  const { brandId, actor, requestId } = by;
  const origin = { brandId, actor, correlationId: requestId, time: now.toISOString() };
  return issueBonus(tx, { ...asked, source: 'staff' }, candidate, origin);
}

/** Issues a bonus of no activation. The budget is the whole campaign's, so it is taken last; too little of it undoes the rest. */
export async function issueBonus(
  tx: Queryable,
  { grantId, player, campaignId, source }: Issue,
  { player: { playerId }, campaignVersion, definition, plan, now }: Candidate,
  origin: EventOrigin,
): Promise<Result<null>> {
  const { brandId } = origin;
  const { kind, amount, currency, cost } = plan;
  const maximum = definition.budget?.[currency];
  await issueByHand(tx, {
    playerId,
    grantId,
    brandId,
    campaignId,
    campaignVersion,
    source,
    exclusiveGroup: definition.exclusiveGroup,
    budgetReserved: maximum === undefined ? 0 : cost,
    createdAt: now.toISOString(),
    plan,
  });
  await publish(tx, origin, [
    {
      type: 'bonus.granted',
      subject: `grant/${grantId}`,
      data: {
        ...{ grantId, kind, amount, currency, campaignId, player },
        ...{ activationId: null, source, parentGrantId: null },
      },
    },
  ]);
  if (maximum === undefined) return ok(null);
  const step = largestCostOf(definition, currency);
  if (await takeBudget(tx, origin, { campaignId, kind, currency, maximum, step, amount: cost }))
    return ok(null);
  return refuse('budget_exceeded', 'What is left of the budget of the campaign does not cover this bonus.');
}
