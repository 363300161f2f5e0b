import { describe, expect, it } from 'vitest';
import { compareWithModel } from './testing/comparison.ts';
import { operationsOf } from './testing/operations.ts';

/** Players of 250 operations each, a seed for each: over a million operations in all. */
const PARTS = 10;
const PLAYERS = 410;
const OPERATIONS = 250;

const seedsOf = (part: number): number[] => Array.from({ length: PLAYERS }, (_, i) => part * PLAYERS + i);

describe('a million random operations', () => {
  it.each(Array.from({ length: PARTS }, (_, part) => part))(
    'leave everything as the model has it, and the books right (part %i)',
    (part) => {
      const seen = new Set<string>();
      for (const seed of seedsOf(part))
        for (const each of compareWithModel(operationsOf(seed, OPERATIONS))) seen.add(each);
      // All that can happen did, or less was proved than it seems.
      expect([...seen].sort()).toEqual([
        'auto_closed',
        'bet_above_limit',
        'cancelled',
        'completed',
        'expired',
        'forfeited',
        'insufficient_funds',
        'lost',
        'max_bet_exceeded',
        'progressed',
        'reinstated',
        'unknown_money',
        'withdrawal_blocked',
        'withdrawn_against_terms',
        'won_after_end',
      ]);
    },
    120_000,
  );
});

describe('amounts near the last safe integer', () => {
  it.each([1e12, 1e13, 1e15])('are exact or refused when scaled by %d', (scale) => {
    const refused = Array.from({ length: 200 }, (_, seed) =>
      compareWithModel(operationsOf(seed, OPERATIONS, scale)).has('beyond'),
    );
    expect(refused).toContain(true);
  });
});
