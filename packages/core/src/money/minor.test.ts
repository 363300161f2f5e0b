import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMinor,
  checkMinor,
  matchBonus,
  requireMinor,
  scaleDown,
  shareOf,
  wageringRequired,
} from './index.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('exactness', () => {
  it('multiplies past 2^53 on the way without losing a unit', () => {
    expect(shareOf(MAX, 10_000)).toBe(MAX);
    expect(wageringRequired(MAX, 3_500)).toBe(BigInt(MAX) * 35n * 10_000n);
  });

  it('rounds a share down, never up', () => {
    fc.assert(
      fc.property(fc.nat({ max: MAX }), fc.nat({ max: 10_000 }), (amount, share) => {
        const exact = BigInt(amount) * BigInt(share);
        const kept = BigInt(shareOf(amount, share)) * 10_000n;
        expect(exact - kept >= 0n && exact - kept < 10_000n).toBe(true);
      }),
    );
  });
});

describe('values that cannot be exact are bugs', () => {
  it.each([
    ['a sum past the safe integers', () => addMinor(MAX, 1)],
    ['a share past the safe integers', () => shareOf(MAX, 20_000)],
    ['a float', () => requireMinor(0.1)],
    ['not a number', () => requireMinor(Number.NaN)],
    ['a negative deposit', () => matchBonus(-1, 10_000)],
    ['a negative cap', () => matchBonus(1, 10_000, -1)],
    ['a negative multiplier', () => wageringRequired(1, -100)],
    ['division by zero', () => scaleDown(1, 1, 0)],
  ])('%s throws', (_, act) => {
    expect(act).toThrow(RangeError);
  });
});

describe('checkMinor', () => {
  it.each([
    [0, undefined],
    [-0, undefined],
    [MAX, undefined],
    [-1, 'amount_negative'],
    [0.5, 'amount_not_whole'],
    [Number.NaN, 'amount_not_whole'],
    [MAX + 1, 'amount_too_large'],
    [Number.POSITIVE_INFINITY, 'amount_too_large'],
    [-1e300, 'amount_too_large'],
  ])('%d → %s', (value, key) => {
    const result = checkMinor(value);
    expect(result.ok ? undefined : result.refusal.key).toBe(key);
  });

  it('takes a negative amount where asked', () => {
    expect(checkMinor(-5, { allowNegative: true })).toEqual({ ok: true, value: -5 });
  });
});
