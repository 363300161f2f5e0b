import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfShares, SUSPICIOUS_CHANCE } from './index.ts';
import { chanceOfOneLook } from './testing/chi-square.ts';
import { seeded } from './testing/seeded.ts';

type Chance = typeof chanceOfShares;

/**
 * Deals players to arms one after another, and looks after each.
 * @param dealt how likely each arm is; `planned` is what the experiment says of it.
 * @returns how many players there were when it was suspicious; undefined when it never was.
 */
function suspiciousAt(
  seed: number,
  players: number,
  { planned, dealt = planned, chance = chanceOfShares }: Experiment,
): number | undefined {
  const { uniform } = seeded(seed);
  const shares = planned.map((weight) => ({ weight, players: 0 }));
  const upTo = dealt.map((_, arm) => dealt.slice(0, arm + 1).reduce((sum, weight) => sum + weight, 0));
  const all = upTo.at(-1) ?? 0;
  for (let n = 1; n <= players; n++) {
    const drawn = uniform() * all;
    const arm = upTo.findIndex((edge) => drawn < edge);
    const share = shares.at(arm);
    if (share) share.players++;
    if (chance(shares) < SUSPICIOUS_CHANCE) return n;
  }
  return undefined;
}

interface Experiment {
  readonly planned: readonly number[];
  readonly dealt?: readonly number[];
  readonly chance?: Chance;
}

/** Of so many experiments, those that were suspicious at one of their looks. */
const suspiciousOf = (experiments: number, players: number, experiment: Experiment): number =>
  Array.from({ length: experiments }, (_, seed) => suspiciousAt(seed + 1, players, experiment)).filter(
    (at) => at !== undefined,
  ).length;

const EXPERIMENTS = 1_000;
const PLAYERS = 2_000;

describe(`of ${EXPERIMENTS} sound experiments, looked at after each of ${PLAYERS} players`, () => {
  it.each([[[5_000, 5_000]], [[9_000, 1_000]], [[9_999, 1]], [[3_334, 3_333, 3_333]]])(
    '%j: hardly one is ever suspicious',
    (planned) => {
      // Of a thousand one may be; three and more by chance come once in twelve.
      expect(suspiciousOf(EXPERIMENTS, PLAYERS, { planned })).toBeLessThanOrEqual(2);
    },
  );

  it('dozens would be by a test that is meant for one look', () => {
    const chance = chanceOfOneLook;
    expect(suspiciousOf(EXPERIMENTS, PLAYERS, { planned: [9_999, 1], chance })).toBeGreaterThan(50);
  });
});

describe('players who are dealt otherwise than was planned', () => {
  it.each([
    ['45 of 100 in place of 50', { planned: [50, 50], dealt: [45, 55] }],
    ['85 of 100 in place of 90', { planned: [90, 10], dealt: [85, 15] }],
    ['1 of 1,000 in place of 10', { planned: [99, 1], dealt: [999, 1] }],
    ['one arm of three half as often', { planned: [1, 1, 1], dealt: [2, 2, 1] }],
  ])('are found by 5,000 of them: %s', (_, experiment) => {
    expect(suspiciousOf(100, 5_000, experiment)).toBeGreaterThanOrEqual(99);
  });
});

it('is a chance, and finite, of whatever players there are', () => {
  const shares = fc.array(
    fc.record({ weight: fc.integer({ min: 1, max: 9_999 }), players: fc.nat({ max: 100_000_000 }) }),
    { minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(shares, (of) => {
      const chance = chanceOfShares(of);
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
    }),
  );
});

// Of one player, and of two in one of two even arms: what the mixture gives, worked out by hand with 100 of weight.
it('is what the mixture says', () => {
  const halves = (one: number, other: number) => [
    { weight: 1, players: one },
    { weight: 1, players: other },
  ];
  expect(chanceOfShares(halves(1, 0))).toBeCloseTo(1, 9);
  expect(chanceOfShares(halves(2, 0))).toBeCloseTo((0.25 * 100 * 101) / (50 * 51), 9);
  expect(chanceOfShares(halves(3, 0))).toBeCloseTo((0.125 * 100 * 101 * 102) / (50 * 51 * 52), 9);
});

// Tails of chi-square as tables have them: what hashes are held to.
it.each([
  [[50, 50], 1],
  [[5_098, 4_902], 0.05],
  [[5_165, 4_835], 0.000967],
  [[370, 330, 300], 0.0247235],
  [[280, 250, 240, 230], 0.132778],
  [[260, 190, 200, 160, 190], 0.0000198788],
])('at one look %j comes about by chance in %d of experiments', (players, chance) => {
  const shares = players.map((count) => ({ weight: 1, players: count }));
  expect(chanceOfOneLook(shares) / chance).toBeCloseTo(1, 2);
});
