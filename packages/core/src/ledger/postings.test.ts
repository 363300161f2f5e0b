import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNTS, bonusGranted, type Posting, reversed } from './postings.ts';

const amounts = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const postings = fc
  .tuple(fc.uuid(), amounts, fc.constantFrom('EUR', 'JPY', 'KWD'))
  .map(([grantId, amount, currency]) => {
    const posting = bonusGranted(grantId, amount, currency);
    if (!posting) throw new Error('an amount above zero is always booked');
    return posting;
  });

/** What a posting adds to each account: a credit adds, a debit takes. */
function balances(booked: readonly Posting[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (account: string, amount: bigint) => sums.set(account, (sums.get(account) ?? 0n) + amount);
  for (const { debit, credit, amount } of booked) {
    add(debit, -BigInt(amount));
    add(credit, BigInt(amount));
  }
  return sums;
}

describe('a granted bonus', () => {
  it('is booked from the house’s expense to the player’s bonus (DOMAIN §3)', () => {
    expect(bonusGranted('g1', 10_000, 'EUR')).toEqual({
      kind: 'bonus_granted',
      debit: 'house:bonus_expense',
      credit: 'player:bonus:g1',
      amount: 10_000,
      currency: 'EUR',
    });
  });

  it('without a balance is not booked', () => {
    expect(bonusGranted('g1', 0, 'EUR')).toBeNull();
    expect(bonusGranted('g1', -0, 'EUR')).toBeNull();
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('of %d is a bug', (amount) => {
    expect(() => bonusGranted('g1', amount, 'EUR')).toThrow(RangeError);
  });
});

describe('postings', () => {
  it('sum to zero, whatever is booked', () => {
    fc.assert(
      fc.property(fc.array(postings), (booked) => {
        const sum = [...balances(booked).values()].reduce((total, balance) => total + balance, 0n);
        expect(sum).toBe(0n);
      }),
    );
  });

  it('move an amount above zero between two accounts', () => {
    fc.assert(
      fc.property(postings, (posting) => {
        for (const { amount, debit, credit } of [posting, reversed(posting)]) {
          expect(amount).toBeGreaterThan(0);
          expect(debit).not.toBe(credit);
        }
      }),
    );
  });

  it('are undone by their reversal, account by account', () => {
    fc.assert(
      fc.property(postings, (posting) => {
        expect(reversed(posting).kind).toBe('bonus_reversed');
        expect([...balances([posting, reversed(posting)]).values()]).toEqual([0n, 0n]);
        expect({ ...reversed(reversed(posting)), kind: posting.kind }).toEqual(posting);
      }),
    );
  });

  it('keep the bonus of every grant on an account of its own', () => {
    expect(ACCOUNTS.playerBonus('g1')).not.toBe(ACCOUNTS.playerBonus('g2'));
  });
});
