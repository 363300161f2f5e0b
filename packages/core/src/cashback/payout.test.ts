import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cashbackDue, cashFlowLoss, gameNetLoss } from './payout.ts';

const V14 = { rateBps: 1_000, minLoss: { EUR: 5_000 }, cap: { EUR: 20_000 } };

describe('cashback of 10 %, from 50.00 of loss, up to 200.00 (V14)', () => {
  it.each([
    ['350.00', 35_000, 3_500, null],
    ['49.99', 4_999, 0, 'below_minimum'],
    ['50.00', 5_000, 500, null],
    ['2,500.00', 250_000, 20_000, null],
    ['what just reaches the cap', 200_000, 20_000, null],
    ['a minor unit less', 199_999, 19_999, null],
    ['a win', -1, 0, 'no_loss'],
    ['as much won as lost', 0, 0, 'no_loss'],
  ] as const)('%s', (_, loss, amount, reason) => {
    expect(cashbackDue(V14, 'EUR', loss)).toEqual({ amount, reason });
  });

  it('has no smallest loss in a currency that names none', () => {
    expect(cashbackDue({ ...V14, cap: { SEK: 100 } }, 'SEK', 10)).toEqual({ amount: 1, reason: null });
  });

  it('pays nothing of a loss too small to round to anything', () => {
    expect(cashbackDue({ rateBps: 1_000, cap: { EUR: 100 } }, 'EUR', 9)).toEqual({
      amount: 0,
      reason: 'too_small',
    });
  });
});

test('cash flow of 5 %: 100 at the start, 300 in, 200 out, 50 left (V14e)', () => {
  const loss = cashFlowLoss({
    startBalance: 10_000,
    deposits: 30_000,
    withdrawals: 20_000,
    endBalance: 5_000,
  });
  expect(loss).toBe(15_000);
  expect(cashbackDue({ rateBps: 500, cap: { EUR: 100_000 } }, 'EUR', loss)).toEqual({
    amount: 750,
    reason: null,
  });
});

test('both ways to count agree where a player only deposits, plays and withdraws', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000 });
  fc.assert(
    fc.property(
      amount,
      amount,
      amount,
      amount,
      amount,
      (startBalance, deposits, withdrawals, stakes, wins) => {
        const endBalance = startBalance + deposits - withdrawals - stakes + wins;
        expect(cashFlowLoss({ startBalance, deposits, withdrawals, endBalance })).toBe(
          gameNetLoss({ stakes, wins }),
        );
      },
    ),
  );
});

test('never more than the cap, nor than the share, and never a minor unit less than it could be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1000, max: Number.MAX_SAFE_INTEGER }),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      (loss, rateBps, cap) => {
        const { amount } = cashbackDue({ rateBps, cap: { EUR: cap } }, 'EUR', loss);
        const exact = BigInt(Math.max(0, loss)) * BigInt(rateBps);
        expect(amount).toBeLessThanOrEqual(cap);
        if (amount < cap) {
          expect(BigInt(amount) * 10_000n <= exact).toBe(true);
          expect(BigInt(amount + 1) * 10_000n > exact).toBe(true);
        }
      },
    ),
  );
});
