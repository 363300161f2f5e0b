import { describe, expect, it, test } from 'vitest';
import { latestTime, timeAfter } from './times.ts';

const at = (instant: string): number => Date.parse(instant);
const MALTA = 'Europe/Malta';
const MORNING = { cron: '0 9 * * *' };

describe('the next time of a schedule', () => {
  it.each([
    [MORNING, '2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z'],
    [MORNING, '2026-03-28T07:59:59.999Z', '2026-03-28T08:00:00Z'],
    [{ once: '2026-03-28T10:00:00+01:00' }, '2026-03-28T08:59:59Z', '2026-03-28T09:00:00Z'],
    [{ once: '2026-03-28T10:00:00+01:00' }, '2026-03-28T09:00:00Z', null],
  ])('%j after %s is %s by the clock of Malta', (times, after, next) => {
    expect(timeAfter(times, at(after), MALTA)).toBe(next === null ? null : at(next));
  });
});

describe('of times that were missed', () => {
  test.each([
    [
      'minutes',
      { cron: '* * * * *' },
      '2026-11-20T00:00:00Z',
      '2026-11-22T10:30:30Z',
      '2026-11-22T10:30:00Z',
    ],
    ['days', MORNING, '2026-11-01T08:00:00Z', '2026-11-22T07:59:59Z', '2026-11-21T08:00:00Z'],
    ['none but the first', MORNING, '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z'],
    ['years', { cron: '0 0 29 2 *' }, '2024-02-28T23:00:00Z', '2026-11-22T08:00:00Z', '2024-02-28T23:00:00Z'],
    ['months', { cron: '0 0 1 * *' }, '2025-01-31T23:00:00Z', '2026-11-22T08:00:00Z', '2026-10-31T23:00:00Z'],
  ])('%s: only the latest is left', (_, times, first, now, latest) => {
    expect(latestTime(times, at(first), at(now), MALTA)).toBe(at(latest));
  });

  it('one that is stated once is that one', () => {
    const once = '2026-11-01T08:00:00Z';
    expect(latestTime({ once }, at(once), at('2026-11-22T08:00:00Z'), MALTA)).toBe(at(once));
  });
});
