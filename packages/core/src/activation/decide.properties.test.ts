import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterKeys } from './counter-keys.ts';
import { decideBatch, rehearseBatch } from './decide.ts';
import { type Case, crowdedCase, separateCase } from './testing/arbitrary.ts';
import { after, expectedKey } from './testing/model.ts';
import { decideOne } from './testing/world.ts';
import type { Attempt, Claim, Decision, World } from './types.ts';

const RUNS = { numRuns: 500 };
const always = (cases: fc.Arbitrary<Case>, holds: (decided: Case) => void): void =>
  fc.assert(fc.property(cases, holds), RUNS);

/** What a decision says; not the code, whose uses are those of the world it was decided in. */
const said = ({ attempt, outcome, refusalKey, checks, claims, grants, awaitingUntil }: Decision) => ({
  attempt,
  outcome,
  refusalKey,
  checks,
  claims,
  grants,
  awaitingUntil,
});

const standing = ({ codes, counters }: World, { home, counterKey }: Claim): number => {
  const code = codes.get(counterKey);
  if (home === 'code') return code ? code.uses + code.reserved : Number.NaN;
  const counter = counters.get(counterKey);
  return counter ? counter.used + counter.reserved : 0;
};

describe('for every world and every batch', () => {
  it('each attempt comes out as the domain says, counting the ones before it', () => {
    always(crowdedCase, ({ world, attempts }) => {
      const decisions = decideBatch(world, attempts);
      for (const [n, { attempt, refusalKey }] of decisions.entries())
        expect(refusalKey).toBe(expectedKey(world, attempt, decisions.slice(0, n)));
    });
  });

  it('a rehearsal comes out as if only the guesses before it had been made', () => {
    always(crowdedCase, ({ world, attempts }) => {
      const decisions = rehearseBatch(world, attempts);
      for (const [n, { attempt, refusalKey }] of decisions.entries()) {
        const guesses = decisions.slice(0, n).filter((earlier) => earlier.refusalKey === 'code_not_found');
        expect(refusalKey).toBe(expectedKey(world, attempt, guesses));
      }
    });
  });

  it('nobody guesses more often than allowed', () => {
    always(crowdedCase, ({ world, attempts }) => {
      const misses = new Map<string, number>();
      for (const { attempt, refusalKey } of decideBatch(world, attempts)) {
        if (refusalKey !== 'code_not_found') continue;
        for (const { key, allowed } of attempt.guessers) {
          misses.set(key, (misses.get(key) ?? world.guesses.get(key)?.misses ?? 0) + 1);
          expect(misses.get(key)).toBeLessThanOrEqual(allowed);
        }
      }
    });
  });

  it('no counter passes its maximum', () => {
    always(crowdedCase, ({ world, attempts }) => {
      const sums = new Map<string, { claim: Claim; taken: number }>();
      for (const claim of decideBatch(world, attempts).flatMap(({ claims }) => claims)) {
        const sum = sums.get(claim.counterKey) ?? { claim, taken: 0 };
        sum.taken += claim.amount;
        sums.set(claim.counterKey, sum);
      }
      for (const { claim, taken } of sums.values())
        expect(standing(world, claim) + taken).toBeLessThanOrEqual(claim.maximum);
    });
  });

  it('a batch decides as its attempts would one by one, each written before the next', () => {
    always(crowdedCase, ({ world, attempts }) => {
      let current = world;
      const alone = attempts.map((attempt) => {
        const decision = decideOne(current, attempt);
        current = after(current, decision);
        return decision;
      });
      expect(decideBatch(world, attempts).map(said)).toEqual(alone.map(said));
    });
  });

  it('the same world and attempts give the same decisions', () => {
    always(crowdedCase, ({ world, attempts }) => {
      expect(decideBatch(world, attempts)).toEqual(decideBatch(world, attempts));
    });
  });

  it('accepted means that every check passed, refused that the first failed one gave the key', () => {
    always(crowdedCase, ({ world, attempts }) => {
      for (const { checks, claims, grants, outcome, refusalKey } of decideBatch(world, attempts)) {
        const first = checks.find(({ ok }) => !ok);
        expect(refusalKey).toBe(first?.key ?? null);
        expect(outcome === 'refused').toBe(first !== undefined);
        if (first) expect([claims, grants]).toEqual([[], []]);
        else expect(grants).not.toEqual([]);
      }
    });
  });

  it('every counter taken from was named for loading beforehand', () => {
    always(crowdedCase, ({ world, attempts }) => {
      for (const { attempt, campaign, claims, code } of decideBatch(world, attempts)) {
        const player = world.players.get(attempt.playerId);
        if (!campaign || !code || !player) continue;
        const keys = counterKeys(campaign, code, attempt, player, world.clock);
        const taken = claims.filter(({ home }) => home === 'counter');
        expect(keys).toEqual(expect.arrayContaining(taken.map(({ counterKey }) => counterKey)));
      }
    });
  });

  it('players who share no counter do not notice each other', () => {
    const shuffled = separateCase.chain((decided) =>
      fc.record({
        decided: fc.constant(decided),
        order: fc.shuffledSubarray([...decided.attempts], { minLength: decided.attempts.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ decided: { world, attempts }, order }) => {
        const byActivation = (decisions: readonly Decision[]) =>
          new Map(decisions.map((decision) => [decision.attempt.activationId, said(decision)]));
        expect(byActivation(decideBatch(world, inOwnOrder(order, attempts)))).toEqual(
          byActivation(decideBatch(world, attempts)),
        );
      }),
      RUNS,
    );
  });
});

/** The players in the new order, but the attempts of each in the order he made them. */
function inOwnOrder(order: readonly Attempt[], attempts: readonly Attempt[]): Attempt[] {
  const own = Map.groupBy(attempts, ({ playerId }) => playerId);
  return order.flatMap(({ playerId }) => own.get(playerId)?.shift() ?? []);
}
