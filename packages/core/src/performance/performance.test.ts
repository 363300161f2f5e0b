import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Earned, earningsOf, feesOf, rateOf } from './earnings.ts';
import { roiOf, upliftOf } from './uplift.ts';

const NOTHING: Earned = { staked: 0n, won: 0n, converted: 0n, cashPaid: 0n, granted: 0n, deposited: 0n };

/** V20 in cents: 1,000 sent, 420 attempts, 300 accepted. */
const V20: Earned = {
  ...{ staked: 21_000_000n, won: 20_160_000n, converted: 174_000n, cashPaid: 0n },
  ...{ granted: 1_160_000n, deposited: 1_450_000n },
};

describe('V20', () => {
  test.each<[string, bigint | null, bigint]>([
    ['activation 30.0 %', rateOf(300n, 1000n), 3_000n],
    ['success 71.4 %', rateOf(300n, 420n), 7_142n],
    ['bonus to deposit 0.80', earningsOf(V20, null).bonusToDeposit, 8_000n],
    ['GGR 8,400', earningsOf(V20, null).ggr, 840_000n],
    ['cost 1,740', earningsOf(V20, null).cost, 174_000n],
    ['cost 20.7 % of GGR', earningsOf(V20, null).costOfGgr, 2_071n],
    ['NGR 6,660', earningsOf(V20, null).ngr, 666_000n],
    [
      'uplift 2,660 over a control of 100 with 400',
      upliftOf({ players: 1000, ngr: 666_000n }, { players: 100, ngr: 40_000n }),
      266_000n,
    ],
    ['ROI 152.9 %', roiOf(266_000n, 174_000n), 15_287n],
  ])('%s', (_, figure, expected) => {
    expect(figure).toBe(expected);
  });
});

test.each<[string, Partial<Earned>, number | null, Partial<ReturnType<typeof earningsOf>>]>([
  ['nothing', {}, 2_000, { ggr: 0n, fees: 0n, ngr: 0n, costOfGgr: null, bonusToDeposit: null }],
  ['fees of 15 %, rounded down', { staked: 199n }, 1_500, { ggr: 199n, fees: 29n, ngr: 170n }],
  ['no fees of a loss', { won: 500n }, 1_500, { ggr: -500n, fees: 0n, ngr: -500n }],
  ['a cost is no share of a loss', { won: 5n, converted: 3n }, null, { ngr: -8n, costOfGgr: null }],
  [
    'cash costs as bonus money does',
    { staked: 100n, converted: 3n, cashPaid: 7n },
    null,
    { cost: 10n, ngr: 90n },
  ],
  ['more than all of it', { staked: 100n, cashPaid: 250n }, null, { costOfGgr: 25_000n, ngr: -150n }],
])('%s', (_, earned, feesBps, expected) => {
  expect(earningsOf({ ...NOTHING, ...earned }, feesBps)).toMatchObject(expected);
});

describe('without anything to divide by', () => {
  it('there is no rate, no uplift and no return', () => {
    expect(rateOf(5n, 0n)).toBeNull();
    expect(upliftOf({ players: 10, ngr: 5n }, { players: 0, ngr: 0n })).toBeNull();
    expect(roiOf(5n, 0n)).toBeNull();
  });
});

describe('whatever was earned', () => {
  const money = fc.bigInt(0n, 10n ** 20n);
  const any = fc.record({
    ...{ staked: money, won: money, converted: money, cashPaid: money, granted: money, deposited: money },
  });
  it('what is left, the cost and the fees are the gross revenue', () => {
    fc.assert(
      fc.property(any, fc.option(fc.integer({ min: 0, max: 10_000 })), (earned, feesBps) => {
        const { ggr, cost, fees, ngr } = earningsOf(earned, feesBps);
        expect(ngr + cost + fees).toBe(ggr);
        expect(fees).toBeGreaterThanOrEqual(0n);
        expect(fees).toBe(feesOf(ggr, feesBps));
      }),
    );
  });

  it('a group that brings as much per player as the control group has no uplift', () => {
    const players = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(players, players, fc.bigInt(-(10n ** 12n), 10n ** 12n), (treated, control, each) => {
        const of = (count: number) => ({ players: count, ngr: BigInt(count) * each });
        expect(upliftOf(of(treated), of(control))).toBe(0n);
      }),
    );
  });
});
