import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  fixedInterval,
  type Interval,
  type Moments,
  NO_MOMENTS,
  sequentialInterval,
} from './index.ts';
import { gambler, type Random, seeded } from './testing/seeded.ts';

const EXPERIMENTS = 1_000;
/** What the treatment adds for every player: minor units. */
const TRUTH = 200;

const isRight = ({ low, high }: Interval): boolean => low <= TRUTH && TRUTH <= high;

/** A group with so many more players in it. */
function grown(group: Moments, by: number, random: Random, plus: number): Moments {
  let { count, sum, squares, cubes } = group;
  for (let n = 0; n < by; n++) {
    const value = gambler(random) + plus;
    count++;
    sum += value;
    squares += value ** 2;
    cubes += value ** 3;
  }
  return { count, sum, squares, cubes };
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is nothing to compare');
  return value;
}

describe(`of ${EXPERIMENTS} simulated experiments with gamblers`, () => {
  it.each([
    [2_000, 2_000],
    [3_000, 1_000],
    [4_500, 500],
    [9_000, 1_000],
  ])('%d against %d players: the interval covers the truth in 93 to 97 of 100', (treated, control) => {
    let covered = 0;
    for (let seed = 1; seed <= EXPERIMENTS; seed++) {
      const random = seeded(seed);
      const groups = [
        grown(NO_MOMENTS, treated, random, TRUTH),
        grown(NO_MOMENTS, control, random, 0),
      ] as const;
      if (isRight(fixedInterval(must(differenceOf(...groups))))) covered++;
    }
    expect(covered / EXPERIMENTS).toBeGreaterThanOrEqual(0.93);
    expect(covered / EXPERIMENTS).toBeLessThanOrEqual(0.97);
  });

  it('looked at 50 times: the sequential interval is right at all looks in 95 % and more, the other is not', () => {
    const right = { sequential: 0, fixed: 0 };
    for (let seed = 1; seed <= EXPERIMENTS; seed++) {
      const random = seeded(seed);
      let [treated, control] = [NO_MOMENTS, NO_MOMENTS];
      const always = { sequential: true, fixed: true };
      for (let look = 0; look < 50; look++) {
        treated = grown(treated, 80, random, TRUTH);
        control = grown(control, 40, random, 0);
        const difference = must(differenceOf(treated, control));
        always.sequential &&= isRight(sequentialInterval(difference, 1_000));
        always.fixed &&= isRight(fixedInterval(difference));
      }
      if (always.sequential) right.sequential++;
      if (always.fixed) right.fixed++;
    }
    expect(right.sequential / EXPERIMENTS).toBeGreaterThanOrEqual(0.95);
    expect(right.fixed / EXPERIMENTS).toBeLessThan(0.85);
  });
});
