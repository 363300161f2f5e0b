import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  chanceOfShares,
  differenceOf,
  fixedInterval,
  type Moments,
  meanOf,
  momentsOf,
  NO_MOMENTS,
  sequentialInterval,
  upliftOf,
  varianceOf,
} from './index.ts';
import { thirdMomentOf } from './moments.ts';

const FIXED = { method: 'fixed' } as const;

describe('moments', () => {
  it('tell mean, variance and third moment', () => {
    const moments = momentsOf([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(meanOf(moments)).toBe(5);
    expect(varianceOf(moments)).toBeCloseTo(32 / 7, 12);
    expect(thirdMomentOf(moments)).toBeCloseTo(42 / 8, 12);
  });

  it('count players who did nothing', () => {
    expect(meanOf(momentsOf([0, 0, 0, 400]))).toBe(100);
  });

  it('of nobody are nothing', () => {
    expect([meanOf, varianceOf, thirdMomentOf].map((of) => of(NO_MOMENTS))).toEqual([0, 0, 0]);
  });

  it('give no variance below 0 where all are the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 2, max: 300 }), (value, count) => {
        const variance = varianceOf(momentsOf(new Array<number>(count).fill(value)));
        expect(variance).toBeGreaterThanOrEqual(0);
        expect(variance).toBeLessThanOrEqual(1e-9 * value * value);
      }),
    );
  });
});

describe('a difference', () => {
  it('is of means, whatever the sizes of the groups', () => {
    const difference = differenceOf(momentsOf([1, 2, 3, 4]), momentsOf([0, 2]));
    expect(difference?.estimate).toBe(1.5);
    // 5/3 ÷ 4 + 2 ÷ 2
    expect(difference?.standardError).toBeCloseTo(Math.sqrt(5 / 12 + 1), 12);
    expect(difference?.information).toBeCloseTo(8 / 6, 12);
  });

  it.each([
    ['one player', [1, 2, 3], [1]],
    ['nobody', [], [1, 2]],
    ['only the same', [3, 3], [1, 1]],
  ])('cannot be told of %s', (_, treated, control) => {
    expect(differenceOf(momentsOf(treated), momentsOf(control))).toBeUndefined();
  });

  const values = fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 2, maxLength: 50 });

  it('turned around is the other way round', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [one, other] = [
          differenceOf(momentsOf(a), momentsOf(b)),
          differenceOf(momentsOf(b), momentsOf(a)),
        ];
        if (!one || !other) return;
        expect(other.estimate).toBeCloseTo(-one.estimate, 6);
        expect(other.skewness).toBeCloseTo(-one.skewness, 6);
        expect(other.standardError).toBeCloseTo(one.standardError, 6);
      }),
    );
  });

  it('is surer the more players there are, and its sequential interval holds the fixed one', () => {
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 10_000 }), (a, b, tunedFor) => {
        const one = differenceOf(momentsOf(a), momentsOf(b));
        const more = differenceOf(momentsOf([...a, ...a, ...a]), momentsOf([...b, ...b, ...b]));
        if (!one || !more) return;
        expect(more.standardError).toBeLessThan(one.standardError);
        const [fixed, sequential] = [fixedInterval(one), sequentialInterval(one, tunedFor)];
        expect(sequential.low).toBeLessThan(fixed.low);
        expect(sequential.high).toBeGreaterThan(fixed.high);
      }),
    );
  });

  it('has its narrowest sequential interval about where it is tuned for', () => {
    const at = (information: number, tunedFor: number) =>
      sequentialInterval({ estimate: 0, standardError: 1, skewness: 0, information }, tunedFor).high;
    for (const other of [100, 300, 3_000, 10_000]) expect(at(1_000, 1_000)).toBeLessThan(at(1_000, other));
    expect(at(1_000, 1_000) / 1.96).toBeGreaterThan(1.3);
    expect(at(1_000, 1_000) / 1.96).toBeLessThan(1.6);
  });
});

/** A group of so many players, of whom every second is worth twice the mean and the others nothing. */
const group = (count: number, mean: number): Moments =>
  momentsOf(Array.from({ length: count }, (_, n) => (n % 2 === 0 ? 2 * mean : 0)));

describe('a verdict', () => {
  it('on the vector V20: 1,000 players with NGR 6,660 against a control of 100 with 400', () => {
    const { total, perPlayer, verdict } = upliftOf(group(1_000, 666), group(100, 400), FIXED);
    expect(total?.estimate).toBeCloseTo(266_000, 6);
    expect(perPlayer?.estimate).toBeCloseTo(266, 9);
    expect(verdict).toBe('more');
    const { low = Number.NaN, high = Number.NaN } = total ?? {};
    expect([low, high].map((bound) => bound - 266_000).reduce((a, b) => a + b)).toBeCloseTo(0, 3);
    expect(low).toBeGreaterThan(0);
  });

  test.each([
    ['more', 1_000, 500, 1_000, 400],
    ['less', 1_000, 400, 1_000, 500],
    ['no_difference', 1_000, 400, 1_000, 401],
    ['not_enough_players', 99, 500, 1_000, 100],
    ['not_enough_players', 1_000, 500, 99, 100],
    ['not_enough_players', 0, 0, 1_000, 100],
  ] as const)('is %s of %d players with %d on average against %d with %d', (key, n, mean, m, other) => {
    expect(upliftOf(group(n, mean), group(m, other), FIXED).verdict).toBe(key);
  });

  it('is not given while one player decides', () => {
    const lucky = momentsOf([...new Array<number>(499).fill(0), 1_000_000]);
    expect(upliftOf(lucky, momentsOf(Array.from({ length: 500 }, (_, n) => n % 3)), FIXED).verdict).toBe(
      'not_enough_players',
    );
  });

  it('takes more of who looks again and again', () => {
    const [treated, control] = [group(400, 470), group(400, 400)];
    expect(upliftOf(treated, control, FIXED).verdict).toBe('more');
    expect(upliftOf(treated, control, { method: 'sequential', tunedFor: 200 }).verdict).toBe('no_difference');
  });
});

describe('the ratio of a sample', () => {
  it('goes by weights', () => {
    expect(
      chanceOfShares([
        { weight: 9_000, players: 900 },
        { weight: 1_000, players: 100 },
      ]),
    ).toBe(1);
    expect(
      chanceOfShares([
        { weight: 9_000, players: 500 },
        { weight: 1_000, players: 500 },
      ]),
    ).toBeLessThan(1e-100);
  });

  it('says nothing of nobody, or one group', () => {
    expect(
      chanceOfShares([
        { weight: 1, players: 0 },
        { weight: 1, players: 0 },
      ]),
    ).toBe(1);
    expect(chanceOfShares([{ weight: 1, players: 7 }])).toBe(1);
  });
});
