import { describe, expect, it } from 'vitest';
import { equalShares, newVariant } from './shares.ts';

const share = (id: string, bps: number) => ({ id, name: null, bps });

describe('shares of a split', () => {
  it.each([2, 3, 6, 7, 20])('are whole together when there are %i equal ones', (count) => {
    const shares = equalShares(Array.from({ length: count }, (_, n) => share(`v${n}`, 0)));
    const bps = shares.map((one) => one.bps);
    expect(bps.reduce((sum, one) => sum + one, 0)).toBe(10_000);
    expect(Math.max(...bps) - Math.min(...bps)).toBeLessThanOrEqual(1);
  });

  it('give a new one what is left, under a letter of its own', () => {
    expect(newVariant([share('a', 3_000), share('c', 2_000)])).toEqual(share('b', 5_000));
    expect(newVariant([share('a', 6_000), share('b', 6_000)])).toEqual(share('c', 0));
  });
});
