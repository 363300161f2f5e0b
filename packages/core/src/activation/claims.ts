import type { RefusalKey } from './refusal-keys.ts';
import type { Attempt, Campaign, Claim, CodeState, LimitTerms, LocalClock, PlayerState } from './types.ts';

/** What a limit counts for this attempt; null when the attempt does not name it (no device, no known household). */
type ScopeId = string | null;

function scopeId(limit: LimitTerms, code: CodeState, attempt: Attempt, player: PlayerState): ScopeId {
  switch (limit.scope) {
    case 'campaign':
      return '';
    case 'code':
      return code.codeKey;
    case 'player':
      return attempt.playerId;
    case 'device':
      return attempt.entry.deviceId ?? null;
    case 'household':
      return player.household;
  }
}

const LETTER = { campaign: 't', code: 'c', player: 'p', device: 'd', household: 'h' } as const;

const REFUSAL_BY_SCOPE: Readonly<Record<LimitTerms['scope'], RefusalKey>> = {
  campaign: 'campaign_quantity_exceeded',
  code: 'quantity_exceeded',
  player: 'player_quantity_exceeded',
  device: 'device_quantity_exceeded',
  household: 'household_quantity_exceeded',
};

const refusalOf = (limit: LimitTerms): RefusalKey =>
  limit.period ? 'period_quantity_exceeded' : REFUSAL_BY_SCOPE[limit.scope];

export const budgetKey = (campaignId: string, currency: string): string => `${campaignId}:b:${currency}`;

/** A limit together with the claim on its counter, or null when the attempt can't be counted. */
export interface LimitClaim {
  readonly limit: LimitTerms;
  readonly refusal: RefusalKey;
  readonly claim: Claim | null;
}

/**
 * Turns a campaign's limits into claims on counters. The key holds everything the limit counts by, so that all
 * limits are one mechanism: `<campaign>:<scope>[:<id>][:<period>]`. A limit per code without a period is counted
 * on the code itself.
 */
export function limitClaims(
  campaign: Campaign,
  code: CodeState,
  attempt: Attempt,
  player: PlayerState,
  clock: LocalClock,
): LimitClaim[] {
  const claims: LimitClaim[] = [];
  const perCode = codeMaximum(campaign, code);
  if (perCode !== null) {
    claims.push({
      limit: { scope: 'code', max: perCode },
      refusal: 'quantity_exceeded',
      claim: {
        counterKey: code.codeKey,
        home: 'code',
        refusal: 'quantity_exceeded',
        amount: 1,
        maximum: perCode,
        hot: code.kind === 'shared',
      },
    });
  }
  for (const limit of campaign.terms.limits) {
    if (limit.scope === 'code' && !limit.period) continue;
    const refusal = refusalOf(limit);
    const id = scopeId(limit, code, attempt, player);
    claims.push({ limit, refusal, claim: id === null ? null : claimOf(campaign, limit, refusal, id, clock) });
  }
  return claims;
}

function claimOf(
  campaign: Campaign,
  limit: LimitTerms,
  refusal: RefusalKey,
  id: string,
  clock: LocalClock,
): Claim {
  let counterKey = `${campaign.campaignId}:${LETTER[limit.scope]}`;
  if (id) counterKey += `:${id}`;
  if (limit.period) counterKey += `:${clock[limit.period]}`;
  return {
    counterKey,
    home: 'counter',
    refusal,
    amount: 1,
    maximum: limit.max,
    hot: limit.scope === 'campaign' || limit.scope === 'code',
  };
}

/** The most uses of this code: its own limit, else the campaign's limit per code, else none. */
export function codeMaximum(campaign: Campaign, code: CodeState): number | null {
  if (code.maxUses !== null) return code.maxUses;
  return campaign.terms.limits.find((limit) => limit.scope === 'code' && !limit.period)?.max ?? null;
}
