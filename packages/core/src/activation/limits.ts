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
 * @returns the claims of one attempt. What everybody shares is worked out once for all attempts at the code.
 */
export function limitClaims(
  campaign: Campaign,
  code: CodeState,
  clock: LocalClock,
): (attempt: Attempt, player: PlayerState) => LimitClaim[] {
  const ownMaximum = codeMaximum(campaign, code);
  const limits = campaign.terms.limits
    .filter((limit) => !isOwnLimit(limit))
    .map((limit) => {
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
      const claimsOf = (ids: readonly (string | null)[]): LimitClaim => ({
        ...{ limit, refusal },
        claims: ids.map(claimOn),
      });
      const sharedBy = isShared(limit) ? claimsOf(sharedId(limit, code)) : undefined;
      return { limit, claimsOf, sharedBy };
    });
  const own = ownMaximum === null ? [] : [ownLimit(code, ownMaximum)];
  return (attempt, player) => {
    const claims: LimitClaim[] = [...own];
    for (const { limit, claimsOf, sharedBy } of limits)
      claims.push(sharedBy ?? claimsOf(countedBy(limit.scope, attempt, player)));
    return claims;
  };
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

/** What a limit counts by that everybody shares; null is the whole campaign. */
const sharedId = ({ scope }: LimitTerms, { codeKey }: CodeState): readonly (string | null)[] =>
  scope === 'campaign' ? [null] : [codeKey];

/** What any other limit counts by: nothing when the attempt doesn't tell. */
function countedBy(scope: LimitTerms['scope'], attempt: Attempt, player: PlayerState): readonly string[] {
  switch (scope) {
    case 'player':
      return [attempt.playerId];
    case 'device':
      return attempt.entry.deviceId === undefined ? [] : [attempt.entry.deviceId];
    case 'household':
      return player.household === null ? [] : [player.household];
    case 'person':
      return player.person;
    default:
      throw new Error(`a limit of each ${scope} is shared`);
  }
}

/** The most uses of this code: its own limit, else one for a unique code, else the campaign's limit per code, else none. */
export function codeMaximum(campaign: Campaign, code: CodeState): number | null {
  if (code.maxUses !== null) return code.maxUses;
  if (code.kind === 'unique') return 1;
  return campaign.terms.limits.find(isOwnLimit)?.max ?? null;
}
