import { expect, test } from 'vitest';
import { delayAfter } from './delay.ts';

test.each([
  [0, 0],
  [1, 100],
  [2, 200],
  [9, 25_600],
  [10, 30_000],
  [100_000, 30_000],
])('after %i that ended at once the next waits %i ms', (shortLives, ms) => {
  expect(delayAfter(shortLives)).toBe(ms);
});
