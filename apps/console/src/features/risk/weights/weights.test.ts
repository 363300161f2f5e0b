import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { describe, expect, it } from 'vitest';
import { changedIn, isInOrder, isTrialResult, rowsOf, weightsOf, zonesOf } from './weights.ts';

const SHIPPED = weightsOf(DEFAULT_POLICY);

describe('two versions of weights', () => {
  it('differ in what weighs otherwise', () => {
    const other = { ...SHIPPED, points: { ...SHIPPED.points, ip_vpn: 35, ip_shared: 0 } };
    expect(changedIn(SHIPPED, other)).toEqual(['ip_shared', 'ip_vpn']);
    expect(changedIn(other, other)).toEqual([]);
  });
});

describe('bands', () => {
  it.each([
    [{ flag: 30, hold: 60, decline: 85 }, true],
    [{ flag: 30, hold: 30, decline: 85 }, false],
    [{ flag: 60, hold: 30, decline: 85 }, false],
    [{ flag: 30, hold: 85, decline: 85 }, false],
    [{ flag: 0, hold: 60, decline: 85 }, false],
  ])('%j begin one after the other: %s', (bands, is) => expect(isInOrder(bands)).toBe(is));

  it('are drawn as wide as they are, and the last goes on', () => {
    const zones = zonesOf({ flag: 30, hold: 60, decline: 85 });
    expect(zones.map(({ band, from }) => [band, from])).toEqual([
      ['allow', 0],
      ['flag', 30],
      ['hold', 60],
      ['decline', 85],
    ]);
    expect(zones.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100);
    expect(zones[0]?.share).toBe(zones[1]?.share);
  });
  it('that are not in order have no negative width', () => {
    for (const { share } of zonesOf({ flag: 70, hold: 60, decline: 85 }))
      expect(share).toBeGreaterThanOrEqual(0);
  });
});

describe('a trial', () => {
  it('says of each band what was and what would have been', () => {
    const rows = rowsOf({
      before: { allow: 90, flag: 6, hold: 3, decline: 1 },
      after: { allow: 85, flag: 6, hold: 8, decline: 1 },
    });
    expect(rows.map(({ band, by }) => [band, by])).toEqual([
      ['allow', -5],
      ['flag', 0],
      ['hold', 5],
      ['decline', 0],
    ]);
  });
  it('is told from what another job made', () => {
    const bands = { allow: 1, flag: 0, hold: 0, decline: 0 };
    expect(isTrialResult({ attempts: 1, before: bands, after: bands, moves: [] })).toBe(true);
    expect(isTrialResult({ taken: 3 })).toBe(false);
  });
});
