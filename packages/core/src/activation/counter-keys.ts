import { budgetKey } from './key-format.ts';
import { limitClaims } from './limits.ts';
import type { Attempt, Campaign, CodeState, LocalClock, PlayerState } from './types.ts';

/** Every counter the decision on this attempt will look at, for loading them together beforehand. */
export function counterKeys(
  campaign: Campaign,
  code: CodeState,
  attempt: Attempt,
  player: PlayerState,
  clock: LocalClock,
): string[] {
  const keys: string[] = [];
  for (const { claims } of limitClaims(campaign, code, clock)(attempt, player))
    for (const { home, counterKey } of claims) if (home === 'counter') keys.push(counterKey);
  if (campaign.terms.budget && player.currency !== null)
    keys.push(budgetKey(campaign.campaignId, player.currency));
  return keys;
}
