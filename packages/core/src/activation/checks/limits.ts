import type { CheckRule } from '../candidate.ts';
import type { LimitClaim } from '../limits.ts';
import type { Progress } from '../progress.ts';
import type { Check } from '../types.ts';
import { verdict } from './verdict.ts';

/** An attempt that can't be counted is refused: otherwise leaving the device out would be a way round the limit. */
export function limitCheck({ limit, refusal, claims }: LimitClaim, progress: Progress): Check {
  const check = limit.period ? `limit.${limit.scope}.${limit.period}` : `limit.${limit.scope}`;
  if (claims.length === 0) return verdict(check, false, refusal, null, `a ${limit.scope} to count by`);
  let taken = 0;
  for (const claim of claims) taken = Math.max(taken, progress.standing(claim));
  return verdict(check, taken < limit.max, refusal, taken, limit.max);
}

/** One bonus at a time: within the campaign's exclusive group, or of any kind when the campaign is exclusive. */
export const openBonus: CheckRule = ({ attempt, offer, progress }) => {
  const { exclusive, exclusiveGroup } = offer.terms;
  if (!exclusive && exclusiveGroup === null) return null;
  const clash = progress
    .openGrants(attempt.playerId)
    .find((grant) => exclusive || grant.exclusiveGroup === exclusiveGroup);
  return verdict('player.open_bonus', !clash, 'conflicting_bonus', clash?.campaignId, 'no open bonus');
};

/** What is left of the budget, in minor units, must pay for the most the rewards can cost. */
export const budget: CheckRule = ({ payout, progress }) => {
  const claim = payout?.budget;
  if (!claim) return null;
  const left = claim.maximum - progress.standing(claim);
  return verdict('campaign.budget', claim.amount <= left, 'budget_exceeded', left, claim.amount);
};
