import { expect, test } from 'vitest';
import { daysOf } from './period.ts';

const AT = new Date('2026-03-31T22:30:00Z');

test.each([
  ['days', { kind: 'days', from: '2026-03-29', to: '2026-03-29' }, '2026-03-29', '2026-03-29'],
  ['days that are over, by the brand’s clock', { kind: 'last_days', days: 7 }, '2026-03-25', '2026-03-31'],
  ['the month before', { kind: 'last_month' }, '2026-03-01', '2026-03-31'],
] as const)('a period of %s', (_, period, fromDay, toDay) => {
  // In Malta it is half past midnight on 1 April.
  expect(daysOf(period, 'Europe/Malta', AT)).toMatchObject({ fromDay, toDay });
});

test('a day of 23 hours is as long as it is', () => {
  const { from, until } = daysOf({ kind: 'days', from: '2026-03-29', to: '2026-03-29' }, 'Europe/Malta', AT);
  expect([from, until]).toEqual([new Date('2026-03-28T23:00:00Z'), new Date('2026-03-29T22:00:00Z')]);
});
