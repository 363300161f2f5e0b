import { expect, test } from 'vitest';
import { bareMessage, lineOf, strengthOf } from './reading.ts';

test.each([
  [
    'label.promo_code: line 3: ReferenceError: x is not defined',
    3,
    'line 3: ReferenceError: x is not defined',
  ],
  ['label.promo_code: was stopped after 50 ms', undefined, 'was stopped after 50 ms'],
  ['label.a: Error: at line 7: no', undefined, 'Error: at line 7: no'],
])('%s', (message, line, bare) => {
  const problem = { key: 'label_failed', message };
  expect([lineOf(problem), bareMessage(problem)]).toEqual([line, bare]);
});

test.each([
  [0, 0, 'same'],
  [19.9, 50, 'weak'],
  [50, 19.9, 'weak'],
  [29.7, 30.5, 'fair'],
  [41.4, 41.4, 'good'],
])('%f bits to guess and %f to repeat are %s', (guessBits, collisionBits, strength) => {
  const others = { samples: 9, duplicates: 0, shannonBits: 0, marginBits: 0, atLeastBits: 0 };
  const basis = 'symbols' as const;
  expect(strengthOf({ guessBits, collisionBits, ...others, basis, duplicateLikelyAfter: 1 })).toBe(strength);
});
