import { describe, expect, it } from 'vitest';
import { depositTerms, issue, largestCostOf, payableIn, planGrants } from './grants.ts';
import type { Reward } from './reward-terms.ts';
import { bonusOf, campaignOf, decideOne, matchUpTo, NOW, termsOf, worldOf } from './testing/world.ts';

const DAY = 86_400_000;
const spins: Reward = { kind: 'free_spins', count: 20, spinValue: { EUR: 10 }, expiresAfterSeconds: 86_400 };
const cashback: Reward = { kind: 'cashback', cap: { EUR: 20_000 } };
const entry: Reward = { kind: 'tournament_entry', seats: 1, expiresAfterSeconds: 86_400 };
const special: Reward = { kind: 'special' };
const match = matchUpTo(20_000);
const balance = bonusOf(1000);

describe('what an accepted attempt is granted', () => {
  it.each([
    ['35 times 10.00 within a week', balance, 'active', 1000, 350_000_000, NOW + 7 * DAY, 1000],
    ['spins, once delivered', spins, 'pending', 0, 0, NOW + DAY, 200],
    ['spins that win at most 5.00', { ...spins, winCap: { EUR: 500 } }, 'pending', 0, 0, NOW + DAY, 500],
    ['spins capped in another currency', { ...spins, winCap: { SEK: 500 } }, 'pending', 0, 0, NOW + DAY, 200],
    ['cashback when a period closes', cashback, 'active', 0, 0, null, 20_000],
    ['cashback of four periods', { ...cashback, periods: 4 }, 'active', 0, 0, null, 80_000],
    ['a seat', entry, 'active', 0, 0, NOW + DAY, 0],
    ['something special, without end', special, 'pending', 0, 0, null, 0],
    [
      'something special, in time',
      { ...special, expiresAfterSeconds: 86_400 },
      'pending',
      0,
      0,
      NOW + DAY,
      0,
    ],
  ] as const)('%s', (_, reward, status, amount, wageringRequired, expiresAt, cost) => {
    const decision = decideOne(worldOf({ campaigns: [campaignOf({ rewards: [reward] })] }));
    expect(decision).toMatchObject({ outcome: 'accepted', awaitingUntil: null });
    expect(decision.grants).toEqual([
      {
        rewardIndex: 0,
        kind: reward.kind,
        currency: 'EUR',
        status,
        amount,
        wageringRequired,
        expiresAt,
        cost,
      },
    ]);
  });

  it('waits for the deposit, with all its rewards', () => {
    const decision = decideOne(worldOf({ campaigns: [campaignOf({ rewards: [spins, match] })] }));
    expect(decision).toMatchObject({ outcome: 'awaiting_deposit', awaitingUntil: NOW + DAY });
    const pending = {
      currency: 'EUR',
      status: 'pending',
      amount: 0,
      wageringRequired: 0,
      expiresAt: NOW + DAY,
    };
    expect(decision.grants).toEqual([
      { ...pending, rewardIndex: 0, kind: 'free_spins', cost: 200 },
      { ...pending, rewardIndex: 1, kind: 'deposit', cost: 20_000 },
    ]);
    expect(depositTerms(termsOf({ rewards: [spins, match] }))).toBe(match);
    expect(depositTerms(termsOf({ rewards: [spins] }))).toBeUndefined();
  });

  it('costs the budget what it costs reward by reward', () => {
    const terms = termsOf({ rewards: [balance, spins, cashback, entry, special, match] });
    const costs = planGrants(terms, 'EUR', NOW).map(({ cost }) => cost);
    expect(costs).toEqual([1000, 200, 20_000, 0, 0, 20_000]);
    expect(largestCostOf(terms, 'EUR')).toBe(41_200);
    expect(largestCostOf(terms, 'SEK')).toBe(0);
  });

  it('is never inexact', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    expect(() => issue(bonusOf(huge), 'EUR', NOW)).toThrow(RangeError);
    const many: Reward = { ...spins, count: 2, spinValue: { EUR: huge } };
    expect(() => largestCostOf(termsOf({ rewards: [many] }), 'EUR')).toThrow(RangeError);
    expect(() => largestCostOf(termsOf({ rewards: [bonusOf(huge), balance] }), 'EUR')).toThrow(RangeError);
    expect(largestCostOf(termsOf({ rewards: [bonusOf(huge)] }), 'EUR')).toBe(huge);
  });

  it('is not a deposit bonus before its deposit', () => {
    expect(() => issue(match, 'EUR', NOW)).toThrow('issued by its deposit');
  });
});

describe('the currencies of an offer', () => {
  it.each([
    ['every amount', { rewards: [balance, spins, cashback, match] }, true],
    ['not every reward', { rewards: [balance, bonusOf(1, 'SEK')] }, false],
    ['a cap without a smallest deposit', { rewards: [{ ...match, minDeposit: { SEK: 1 } }] }, false],
    ['a smallest deposit without a cap', { rewards: [{ ...match, cap: { SEK: 1 } }] }, false],
    ['spins of another currency', { rewards: [{ ...spins, spinValue: { SEK: 1 } }] }, false],
    ['cashback in another currency', { rewards: [{ ...cashback, cap: { SEK: 1 } }] }, false],
    ['a budget too', { budget: { EUR: 1 } }, true],
    ['a budget of another currency', { budget: { SEK: 1 } }, false],
    ['rewards without money', { rewards: [entry, special] }, true],
  ])('need %s', (_, terms, payable) => {
    expect(payableIn(termsOf(terms), 'EUR')).toBe(payable);
  });

  it('are never what an object inherits', () => {
    expect(payableIn(termsOf(), 'constructor')).toBe(false);
  });
});
