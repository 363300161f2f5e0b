import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeBurst, SLOT_MS, slotOf } from './index.ts';

const LIMITS = { burstFactor: 5, minTries: 50 };
const NOW = Date.UTC(2026, 2, 1, 12);
const DAY_SLOTS = 144;

const judge = (tries: number, before: number, slotsKnown: number) =>
  judgeBurst({ now: NOW, tries, firstSlot: NOW - slotsKnown * SLOT_MS, before }, LIMITS);

describe('a burst', () => {
  test.each([
    ['five times the baseline is usual', 100, 20 * DAY_SLOTS, DAY_SLOTS, 'quiet'],
    ['one more is not', 101, 20 * DAY_SLOTS, DAY_SLOTS, 'burst'],
    ['few tries are none, however quiet it was', 49, 0, DAY_SLOTS, 'quiet'],
    ['enough of them after silence are', 50, 0, DAY_SLOTS, 'burst'],
    ['a code of an hour has a baseline', 301, 6 * 60, 6, 'burst'],
    ['a newer one is learnt about first', 100_000, 5, 5, 'learning'],
    ['so is one that is tried for the first time', 100_000, 0, 0, 'learning'],
    ['what is older than a day does not count', 101, 20 * DAY_SLOTS, 10 * DAY_SLOTS, 'burst'],
  ] as const)('%s', (_, tries, before, slotsKnown, state) => {
    expect(judge(tries, before, slotsKnown).state).toBe(state);
  });

  test('says what it was compared with', () => {
    expect(judge(7, 720, DAY_SLOTS)).toEqual({ state: 'quiet', baseline: 5, slots: DAY_SLOTS });
    expect(judge(7, 5, 3)).toEqual({ state: 'learning', baseline: null, slots: 3 });
  });

  test('never ends by more tries, nor begins by a busier day before', () => {
    const count = fc.nat(100_000);
    fc.assert(
      fc.property(count, count, count, fc.nat(400), (tries, more, before, slots) => {
        if (judge(tries, before, slots).state === 'burst')
          expect(judge(tries + more, before, slots).state).toBe('burst');
        if (judge(tries, before, slots).state === 'quiet')
          expect(judge(tries, before + more, slots).state).toBe('quiet');
      }),
    );
  });
});

test('slots begin at full tens of minutes', () => {
  expect(slotOf(Date.UTC(2026, 2, 1, 12, 9, 59, 999))).toBe(NOW);
  expect(slotOf(NOW + SLOT_MS)).toBe(NOW + SLOT_MS);
});
