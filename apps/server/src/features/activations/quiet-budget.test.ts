import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietBudget } from './budget.ts';

const THRESHOLDS = [5_000n, 8_000n, 10_000n];

/** In whole numbers of any size, unlike the code. */
const crosses = (before: number, after: number, maximum: number): boolean =>
  THRESHOLDS.some(
    (of) =>
      BigInt(before) * 10_000n < of * BigInt(maximum) && BigInt(after) * 10_000n >= of * BigInt(maximum),
  );

const scene = fc
  .record({ maximum: fc.integer({ min: 1, max: 1e12 }), step: fc.integer({ min: 1, max: 1e9 }) })
  .chain(({ maximum, step }) =>
    fc.record({
      maximum: fc.constant(maximum),
      step: fc.constant(step),
      committed: fc.nat(maximum),
      shares: fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    }),
  );

test('between the bounds a budget crosses no threshold and can pay for one more bonus', () => {
  fc.assert(
    fc.property(scene, ({ maximum, step, committed, shares }) => {
      const { from, to } = quietBudget(committed, maximum, step);
      if (from > to) return;
      const [before = 0, after = 0] = shares
        .map((share) => from + Math.floor(share * (to - from)))
        .sort((a, b) => a - b);
      expect(crosses(before, after, maximum)).toBe(false);
      expect(maximum - after).toBeGreaterThanOrEqual(step);
    }),
  );
});

test.each([
  [0, 0, 499],
  [499, 0, 499],
  [600, 501, 799],
  [900, 801, 990],
])('at %i of 1000 with bonuses of 10 it is quiet from %i to %i', (committed, from, to) => {
  expect(quietBudget(committed, 1_000, 10)).toEqual({ from, to });
});
