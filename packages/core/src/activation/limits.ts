import { limitKey } from './key-format.ts';
import type { RefusalKey } from './refusal-keys.ts';
import type { Attempt, Campaign, Claim, CodeState, LimitTerms, LocalClock, PlayerState } from './types.ts';

const REFUSAL_BY_SCOPE: Readonly<Record<LimitTerms['scope'], RefusalKey>> = {
  campaign: 'campaign_quantity_exceeded',
  code: 'quantity_exceeded',
  player: 'player_quantity_exceeded',
  device: 'device_quantity_exceeded',
  household: 'household_quantity_exceeded',
  person: 'person_quantity_exceeded',
};

/**
 * A limit together with the claims on its counters: none when the attempt can't be counted, several where a person is
 * known by several identifiers, each of which may be used so often.
 */
export interface LimitClaim {
  readonly limit: LimitTerms;
  readonly refusal: RefusalKey;
  readonly claims: readonly Claim[];
}

/** Whether the limit is one that everybody shares who uses the campaign or the code. */
export const isShared = ({ scope }: LimitTerms): boolean => scope === 'campaign' || scope === 'code';

/**
 * Turns a campaign's limits into claims on counters, so that all limits are one mechanism. A limit per code without a
 * period is counted on the code itself.
 */
export function limitClaims(
  campaign: Campaign,
  code: CodeState,
  attempt: Attempt,
  player: PlayerState,
  clock: LocalClock,
): LimitClaim[] {
  const claims: LimitClaim[] = [];
  const ownMaximum = codeMaximum(campaign, code);
  if (ownMaximum !== null) claims.push(ownLimit(code, ownMaximum));
  for (const limit of campaign.terms.limits) {
    if (isOwnLimit(limit)) continue;
    const refusal = limit.period ? 'period_quantity_exceeded' : REFUSAL_BY_SCOPE[limit.scope];
    const claimOn = (id: string | null): Claim => ({
      counterKey: limitKey(campaign.campaignId, limit, id, clock),
      home: 'counter',
      refusal,
      amount: 1,
      reserved: 0,
      maximum: limit.max,
      hot: limit.scope === 'campaign' || (limit.scope === 'code' && code.kind === 'shared'),
    });
    claims.push({ limit, refusal, claims: countedBy(limit.scope, code, attempt, player).map(claimOn) });
  }
  return claims;
}

const isOwnLimit = ({ scope, period }: LimitTerms): boolean => scope === 'code' && !period;

function ownLimit({ codeKey, kind }: CodeState, maximum: number): LimitClaim {
  const refusal = REFUSAL_BY_SCOPE.code;
  return {
    limit: { scope: 'code', max: maximum },
    refusal,
    claims: [
      {
        counterKey: codeKey,
        home: 'code',
        refusal,
        amount: 1,
        reserved: 0,
        maximum,
        hot: kind === 'shared',
      },
    ],
  };
}

/** What the limit counts by: null is the whole campaign; nothing when the attempt doesn't tell. */
function countedBy(
  scope: LimitTerms['scope'],
  code: CodeState,
  attempt: Attempt,
  player: PlayerState,
): readonly (string | null)[] {
  switch (scope) {
    case 'campaign':
      return [null];
    case 'code':
      return [code.codeKey];
    case 'player':
      return [attempt.playerId];
    case 'device':
      return attempt.entry.deviceId === undefined ? [] : [attempt.entry.deviceId];
    case 'household':
      return player.household === null ? [] : [player.household];
    case 'person':
      return player.person;
  }
}

/** The most uses of this code: its own limit, else one for a unique code, else the campaign's limit per code, else none. */
export function codeMaximum(campaign: Campaign, code: CodeState): number | null {
  if (code.maxUses !== null) return code.maxUses;
  if (code.kind === 'unique') return 1;
  return campaign.terms.limits.find(isOwnLimit)?.max ?? null;
}
