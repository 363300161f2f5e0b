import { expect, test } from 'vitest';
import { dayEnd, dayStart, daysBefore } from './days.ts';

test.each([
  ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
  ['2026-11-22', 'Europe/Malta', '2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z'],
  ['2026-07-01', 'Europe/Malta', '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
  ['2026-03-29', 'Europe/Malta', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Malta', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'Asia/Kolkata', '2026-12-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z'],
  ['2026-01-01', 'Pacific/Auckland', '2025-12-31T11:00:00.000Z', '2026-01-01T11:00:00.000Z'],
])('%s in %s is from %s to %s', (day, zone, start, end) => {
  expect([dayStart(day, zone), dayEnd(day, zone)]).toEqual([start, end]);
});

test.each(['', 'today', '2026-13-45'])('%j is no day', (text) => {
  expect([dayStart(text, 'UTC'), dayEnd(text, 'UTC')]).toEqual([undefined, undefined]);
});

test.each([
  ['2026-03-02', 2, '2026-02-28'],
  ['2026-10-26', 1, '2026-10-25'],
  ['2026-11-22', 0, '2026-11-22'],
])('%s, %i days before, is %s', (day, days, before) => {
  expect(daysBefore(day, days)).toBe(before);
});
