import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimate } from './estimate.ts';

test('who looks at all estimates nothing', () => {
  expect(estimate(17, 1)).toEqual({ count: 17, low: 17, high: 17 });
});

/** Exact bounds of a Poisson mean, from tables (Garwood 1936). */
test.each([
  [0, 0, 3.69],
  [1, 0.03, 5.57],
  [5, 1.62, 11.67],
  [10, 4.8, 18.39],
  [100, 81.36, 121.63],
])('the bounds of %i found are those of the tables, to one part in fifty', (found, low, high) => {
  const share = 0.000_01;
  const { low: estimatedLow, high: estimatedHigh } = estimate(found, share);
  expect(Math.abs(estimatedLow * share - low)).toBeLessThan(0.05 + low / 50);
  expect(Math.abs(estimatedHigh * share - high)).toBeLessThan(0.05 + high / 50);
});

describe('of any sample', () => {
  test('the count is between its bounds, and not below what was found', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (found, share) => {
        const { count, low, high } = estimate(found, share);
        expect(low).toBeGreaterThanOrEqual(found);
        expect(low).toBeLessThanOrEqual(count);
        expect(count).toBeLessThanOrEqual(high);
      }),
    );
  });
});
