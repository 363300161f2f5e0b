import { expect, test } from 'vitest';
import { BACKOFF_MS, parseRetryAfter, pauseAfter } from './backoff.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test('attempts go on for about three days', () => {
  const least = BACKOFF_MS.reduce((sum, pause) => sum + pause, 0);
  expect(least).toBeGreaterThan(2.9 * DAY);
  expect(least).toBeLessThanOrEqual(3 * DAY);
});

test.each([
  { failures: 1, random: 0, pause: 5000 },
  { failures: 1, random: 0.5, pause: 5250 },
  { failures: 2, random: 0, pause: 30_000 },
  { failures: BACKOFF_MS.length, random: 0, pause: DAY },
  { failures: BACKOFF_MS.length + 1, random: 0, pause: null },
])('after failure $failures: $pause', ({ failures, random, pause }) => {
  expect(pauseAfter(failures, BACKOFF_MS, null, random)).toBe(pause);
});

test.each([
  { asked: 1000, pause: 5000, why: 'never sooner than the table says' },
  { asked: 60_000, pause: 60_000, why: 'as late as asked' },
  { asked: 30 * DAY, pause: DAY, why: 'at most a day' },
])('Retry-After: $why', ({ asked, pause }) => {
  expect(pauseAfter(1, BACKOFF_MS, asked, 0)).toBe(pause);
});

test('Retry-After does not prolong what is given up', () => {
  expect(pauseAfter(BACKOFF_MS.length + 1, BACKOFF_MS, HOUR, 0)).toBeNull();
});

const now = Date.parse('2026-01-01T00:00:00Z');
test.each([
  [undefined, null],
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['99999999999999999999', null],
])('Retry-After %s is %s ms', (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(ms);
});
