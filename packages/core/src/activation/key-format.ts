import type { LimitTerms, LocalClock } from './types.ts';

const LETTER = { campaign: 't', code: 'c', player: 'p', device: 'd', household: 'h', person: 'i' } as const;
const BUDGET = 'b';

/**
 * Name of a limit's counter: `<campaign>:<scope>[.<period>][:<id>]`, such as `…:p.2026-W13:<player>`. Callers choose
 * device ids and households as they like, so the id comes last: whatever it holds, it names no other counter.
 *
 * @param id what the limit counts by; null for the whole campaign.
 */
export function limitKey(
  campaignId: string,
  { scope, period }: LimitTerms,
  id: string | null,
  clock: LocalClock,
): string {
  const counted = period ? `${LETTER[scope]}.${clock[period]}` : LETTER[scope];
  return id === null ? `${campaignId}:${counted}` : `${campaignId}:${counted}:${id}`;
}

/** Name of the counter of the money a campaign has spent in a currency, in minor units. */
export const budgetKey = (campaignId: string, currency: string): string =>
  `${campaignId}:${BUDGET}:${currency}`;

/** Whether the counter counts money of a budget rather than uses. */
export const isBudgetKey = (counterKey: string): boolean => counterKey.split(':', 2)[1] === BUDGET;
