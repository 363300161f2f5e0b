import type { Claim, Decision, Millis, OpenGrant, World } from './types.ts';

/** The world as the attempts decided so far in a batch leave it. */
export interface Progress {
  /** Used and reserved of a claim's counter together. */
  standing(claim: Claim): number;
  openGrants(playerId: string): readonly OpenGrant[];
  /** Unknown codes named by a guesser in the window that is still open. */
  misses(guesserKey: string): number;
  lockedUntil(guesserKey: string): Millis | null;
  /** Counts in what an accepted attempt takes and gets. */
  recordTaken(decision: Decision): void;
  /** Counts in that an attempt named an unknown code. */
  recordMiss(decision: Decision): void;
}

export function startProgress(world: World): Progress {
  const standings = { code: new Map<string, number>(), counter: new Map<string, number>() };
  const grants = new Map<string, readonly OpenGrant[]>();
  const missed = new Map<string, number>();

  const standing = ({ home, counterKey }: Claim): number =>
    standings[home].get(counterKey) ?? storedStanding(world, home, counterKey);
  const openGrants = (playerId: string): readonly OpenGrant[] =>
    grants.get(playerId) ?? world.openGrants.get(playerId) ?? [];
  const misses = (key: string): number => missed.get(key) ?? world.guesses.get(key)?.misses ?? 0;

  return {
    standing,
    openGrants,
    misses,
    lockedUntil: (key) => world.guesses.get(key)?.lockedUntil ?? null,
    recordTaken({ attempt: { playerId }, campaign, claims, outcome }) {
      if (outcome === 'refused' || !campaign) return;
      for (const claim of claims) standings[claim.home].set(claim.counterKey, standing(claim) + claim.amount);
      const { campaignId, terms } = campaign;
      const granted = { campaignId, exclusiveGroup: terms.exclusiveGroup };
      grants.set(playerId, [...openGrants(playerId), granted]);
    },
    recordMiss({ attempt, refusalKey }) {
      if (refusalKey !== 'code_not_found') return;
      for (const { key } of attempt.guessers) missed.set(key, misses(key) + 1);
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
