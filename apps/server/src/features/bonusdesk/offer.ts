import type { CampaignDefinition } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { type GrantPlan, issue, largestCost, type Millis, payableIn } from '@promosmith/core/activation';
import { largestWageringBase, wageringRequired } from '@promosmith/core/money';

/** Which reward of a campaign a person wants to grant, and how much of it. */
export interface Wanted {
  readonly rewardIndex: number;
  readonly currency: string;
  /** Minor units; what the campaign says when left out. */
  readonly amount: number | undefined;
}

/** The bonus that a person's wish comes to under a campaign's terms. Nothing is read or written. */
export function planByHand(
  definition: CampaignDefinition,
  { rewardIndex, currency, amount }: Wanted,
  now: Millis,
): Result<GrantPlan> {
  const reward = definition.rewards[rewardIndex];
  if (!reward)
    return invalid({ field: 'rewardIndex', reason: `the last one is ${definition.rewards.length - 1}` });
  if (!payableIn({ ...definition, rewards: [reward] }, currency))
    return refuse('currency_not_eligible', `The campaign does not say what the bonus is in ${currency}.`);
  const plan = { rewardIndex, kind: reward.kind, currency };
  if (reward.kind !== 'bonus_balance' && reward.kind !== 'deposit') {
    if (amount !== undefined)
      return invalid({
        field: 'amount',
        reason: `a bonus of kind ${reward.kind} has no amount to choose`,
        fix: 'leave it out',
      });
    return ok({ ...plan, ...issue(reward, currency, now), cost: largestCost(reward, currency) });
  }
  const granted = amount ?? (reward.kind === 'bonus_balance' ? reward.amount[currency] : undefined);
  if (granted === undefined)
    return invalid({ field: 'amount', reason: 'is missing: there is no deposit to work it out from' });
  const { multiplier, expiresAfterSeconds } = reward.wagering;
  if (granted > largestWageringBase(multiplier))
    return refuse('amount_too_large', 'The turnover of so much is past what can be counted exactly.');
  return ok({
    ...plan,
    status: 'active',
    amount: granted,
    wageringRequired: Number(wageringRequired(granted, multiplier)),
    expiresAt: now + expiresAfterSeconds * 1000,
    cost: granted,
  });
}

const invalid = (error: FieldError) => refuse('invalid_request', `${error.field}: ${error.reason}`, [error]);
