import type { Claim, OpenGrant, World } from './types.ts';

/** The world as the attempts decided so far in a batch leave it. */
export interface Progress {
  /** Used and reserved of a claim's counter together. */
  standing(claim: Claim): number;
  openGrants(playerId: string): readonly OpenGrant[];
  /** Counts an accepted attempt in. */
  record(playerId: string, claims: readonly Claim[], granted: OpenGrant): void;
}

export function startProgress(world: World): Progress {
  const standings = { code: new Map<string, number>(), counter: new Map<string, number>() };
  const grants = new Map<string, readonly OpenGrant[]>();

  const standing = ({ home, counterKey }: Claim): number =>
    standings[home].get(counterKey) ?? storedStanding(world, home, counterKey);
  const openGrants = (playerId: string): readonly OpenGrant[] =>
    grants.get(playerId) ?? world.openGrants.get(playerId) ?? [];

  return {
    standing,
    openGrants,
    record(playerId, claims, granted) {
      for (const claim of claims) standings[claim.home].set(claim.counterKey, standing(claim) + claim.amount);
      grants.set(playerId, [...openGrants(playerId), granted]);
    },
  };
}

function storedStanding({ codes, counters }: World, home: Claim['home'], key: string): number {
  if (home === 'code') {
    const code = codes.get(key);
    return code ? code.uses + code.reserved : 0;
  }
  const counter = counters.get(key);
  return counter ? counter.used + counter.reserved : 0;
}
