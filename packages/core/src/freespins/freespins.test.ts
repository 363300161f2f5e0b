import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type FreeSpinsState, freeSpinsLifecycle, nextStates } from '../lifecycle/index.ts';
import {
  creditOf,
  endSpins,
  isOver,
  largestCredit,
  playRound,
  type SpinsPackage,
  winningsOf,
} from './index.ts';

const TWENTY: SpinsPackage = {
  state: 'issued',
  count: 20,
  played: 0,
  won: 0,
  winCap: null,
  largestWin: Number.MAX_SAFE_INTEGER,
};
const spins = (change: Partial<SpinsPackage> = {}): SpinsPackage => ({ ...TWENTY, ...change });

/** @throws when a step is refused. */
function played(start: SpinsPackage, wins: readonly number[]): SpinsPackage {
  return wins.reduce((before, win) => {
    const after = playRound(before, win);
    if (!after.ok) throw new Error(after.refusal.key);
    return after.value;
  }, start);
}

const AT_35 = { paidAs: 'bonus', multiplier: 3_500 } as const;

describe('V15', () => {
  test('13.40 won is a bonus of 13.40, wagered 469.00', () => {
    const finished = endSpins(spins(), { as: 'finished', won: 1_340 });
    expect(finished).toEqual({ ok: true, value: spins({ state: 'finished', played: 20, won: 1_340 }) });
    expect(creditOf(1_340, AT_35)).toEqual({ paidAs: 'bonus', amount: 1_340, wageringRequired: 469_000_000 });
  });

  test('140 won under a cap of 100 is a bonus of 100, wagered 3,500', () => {
    const capped = winningsOf(spins({ won: 14_000, winCap: 10_000 }));
    expect(creditOf(capped, AT_35)).toEqual({
      paidAs: 'bonus',
      amount: 10_000,
      wageringRequired: 35_000_000 * 100,
    });
  });

  test('cancelled after 8 of 20 with 2.10 won: 2.10 are due, 12 were not played', () => {
    const eight = played(spins(), [0, 100, 0, 0, 110, 0, 0, 0]);
    const cancelled = endSpins(eight, { as: 'cancelled', won: 210 });
    expect(cancelled).toMatchObject({ value: { state: 'cancelled', played: 8, won: 210 } });
    expect(creditOf(winningsOf(eight), { paidAs: 'cash' })).toEqual({
      paidAs: 'cash',
      amount: 210,
      wageringRequired: 0,
    });
  });

  test('finished twice is refused the second time', () => {
    expect(endSpins(spins({ state: 'finished', won: 1_340 }), { as: 'finished', won: 1_340 })).toMatchObject({
      refusal: { key: 'free_spins_over' },
    });
  });
});

describe('a round', () => {
  test.each<[FreeSpinsState, FreeSpinsState]>([
    ['pending', 'playing'],
    ['delivery_failed', 'playing'],
    ['issued', 'playing'],
    ['playing', 'playing'],
    ['cancelled', 'cancelled'],
    ['expired', 'expired'],
  ])('of a package that is %s leaves it %s', (before, after) => {
    expect(playRound(spins({ state: before }), 10)).toMatchObject({
      value: { state: after, played: 1, won: 10 },
    });
  });

  it('finishes the package when it is the last', () => {
    expect(played(spins(), Array(20).fill(1))).toMatchObject({ state: 'finished', played: 20, won: 20 });
    expect(playRound(spins({ state: 'cancelled', played: 19 }), 0)).toMatchObject({
      value: { state: 'finished' },
    });
  });

  test.each([
    [spins({ state: 'finished', played: 20 }), 1, 'free_spins_over'],
    [spins({ state: 'expired', played: 20 }), 1, 'free_spins_exceeded'],
    [spins({ won: Number.MAX_SAFE_INTEGER }), 1, 'amount_too_large'],
    [spins({ largestWin: 99 }), 100, 'amount_too_large'],
  ])('%o is refused', (before, win, key) => {
    expect(playRound(before, win)).toMatchObject({ ok: false, refusal: { key } });
  });

  it('may win more than the cap, whatever is exact', () => {
    expect(playRound(spins({ winCap: 99, largestWin: 99 }), 100)).toMatchObject({ value: { won: 100 } });
  });
});

describe('the last word', () => {
  test.each<[FreeSpinsState, 'finished' | 'cancelled' | 'expired', FreeSpinsState]>([
    ['pending', 'finished', 'finished'],
    ['delivery_failed', 'finished', 'finished'],
    ['playing', 'cancelled', 'cancelled'],
    ['issued', 'expired', 'expired'],
    ['cancelled', 'finished', 'finished'],
    ['expired', 'finished', 'finished'],
    ['cancelled', 'cancelled', 'cancelled'],
    ['cancelled', 'expired', 'cancelled'],
    ['expired', 'cancelled', 'expired'],
  ])('%s, told as %s, is %s', (before, as, after) => {
    expect(endSpins(spins({ state: before }), { as, won: 5, played: 3 })).toEqual({
      ok: true,
      value: spins({ state: after, won: 5, played: 3 }),
    });
  });

  test.each<[FreeSpinsState, 'finished' | 'cancelled' | 'expired', number]>([
    ['issued', 'finished', 20],
    ['playing', 'finished', 20],
    ['playing', 'cancelled', 8],
    ['playing', 'expired', 8],
    ['cancelled', 'finished', 8],
    ['expired', 'finished', 8],
  ])('about %s spins, %s without their number, means that %i were played', (state, as, after) => {
    expect(endSpins(spins({ state, played: 8 }), { as, won: 5 })).toMatchObject({ value: { played: after } });
  });

  test.each([
    [spins(), { played: 21, won: 1 }, 'free_spins_exceeded'],
    [spins({ played: 8, won: 210 }), { won: 209 }, 'free_spins_contradicted'],
    [spins({ played: 8, won: 210 }), { played: 7, won: 210 }, 'free_spins_contradicted'],
    [spins({ largestWin: 99 }), { won: 100 }, 'amount_too_large'],
  ])('%o told as %o is refused', (before, told, key) => {
    expect(endSpins(before, { as: 'finished', ...told })).toMatchObject({ ok: false, refusal: { key } });
  });
});

describe('winnings', () => {
  it('of nothing are no credit', () => {
    expect(creditOf(0, AT_35)).toBeUndefined();
  });

  it('are exact up to the largest credit', () => {
    expect(largestCredit({ paidAs: 'cash' })).toBe(Number.MAX_SAFE_INTEGER);
    const largest = largestCredit(AT_35);
    expect(Number.isSafeInteger(creditOf(largest, AT_35)?.wageringRequired)).toBe(true);
    expect(Number.isSafeInteger(creditOf(largest + 1, AT_35)?.wageringRequired)).toBe(false);
  });
});

const step = fc.oneof(
  fc.record({ round: fc.nat({ max: 1_000 }) }),
  fc.record({
    as: fc.constantFrom('finished' as const, 'cancelled' as const, 'expired' as const),
    won: fc.nat({ max: 30_000 }),
    played: fc.option(fc.nat({ max: 22 }), { nil: undefined }),
  }),
);

it('moves by the lifecycle only, never loses a win, and finishes once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.option(fc.nat({ max: 5_000 })), (steps, winCap) => {
      let before = spins({ state: 'pending', winCap });
      for (const one of steps) {
        const after = 'round' in one ? playRound(before, one.round) : endSpins(before, one);
        if (!after.ok) continue;
        const { value } = after;
        expect(
          before.state === value.state || nextStates(freeSpinsLifecycle, before.state).includes(value.state),
        ).toBe(true);
        expect(value.won).toBeGreaterThanOrEqual(before.won);
        expect(value.played).toBeGreaterThanOrEqual(before.played);
        expect(value.played).toBeLessThanOrEqual(value.count);
        expect(winningsOf(value)).toBeGreaterThanOrEqual(winningsOf(before));
        expect(isOver(before) && !isOver(value)).toBe(false);
        expect(before.state).not.toBe('finished');
        before = value;
      }
    }),
  );
});
