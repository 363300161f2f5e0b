import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { localClock } from '../activation/index.ts';
import { type CashbackUnit, cashbackPeriod } from './periods.ts';

const HOUR = 3_600_000;

const period = (activatedAt: string, unit: CashbackUnit, zone: string, number: number) => {
  const { from, to } = cashbackPeriod(Date.parse(activatedAt), unit, zone, number);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), hours: (to - from) / HOUR };
};

describe('the periods of a cashback', () => {
  it.each<[string, string, CashbackUnit, string, number, string, string, number]>([
    [
      'what is left of the day it was activated on',
      '2026-03-04T15:30:00.000Z',
      'day',
      'Europe/Malta',
      1,
      '2026-03-04T15:30:00.000Z',
      '2026-03-04T23:00:00.000Z',
      7.5,
    ],
    [
      'the next whole day',
      '2026-03-04T15:30:00.000Z',
      'day',
      'Europe/Malta',
      2,
      '2026-03-04T23:00:00.000Z',
      '2026-03-05T23:00:00.000Z',
      24,
    ],
    [
      'a day of 23 hours',
      '2026-03-28T12:00:00.000Z',
      'day',
      'Europe/Malta',
      2,
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      23,
    ],
    [
      'a day of 25 hours',
      '2026-10-24T12:00:00.000Z',
      'day',
      'Europe/Malta',
      2,
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      25,
    ],
    [
      'a day begun in its repeated hour',
      '2026-10-25T00:30:00.000Z',
      'day',
      'Europe/Malta',
      1,
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T23:00:00.000Z',
      22.5,
    ],
    [
      'a day of 23.5 hours: Lord Howe moves by half an hour',
      '2026-10-03T00:00:00.000Z',
      'day',
      'Australia/Lord_Howe',
      2,
      '2026-10-03T13:30:00.000Z',
      '2026-10-04T13:00:00.000Z',
      23.5,
    ],
    [
      'and one of 24.5',
      '2026-04-04T00:00:00.000Z',
      'day',
      'Australia/Lord_Howe',
      2,
      '2026-04-04T13:00:00.000Z',
      '2026-04-05T13:30:00.000Z',
      24.5,
    ],
    [
      'a day whose midnight does not exist begins at 01:00',
      '2026-03-28T12:00:00.000Z',
      'day',
      'Asia/Beirut',
      2,
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
      23,
    ],
    [
      'the rest of a week, which ends on Sunday night',
      '2026-03-26T09:00:00.000Z',
      'week',
      'Europe/Malta',
      1,
      '2026-03-26T09:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      85,
    ],
    [
      'a week activated on its very first instant is whole',
      '2026-03-29T22:00:00.000Z',
      'week',
      'Europe/Malta',
      1,
      '2026-03-29T22:00:00.000Z',
      '2026-04-05T22:00:00.000Z',
      168,
    ],
    [
      'a millisecond earlier it is the week before',
      '2026-03-29T21:59:59.999Z',
      'week',
      'Europe/Malta',
      1,
      '2026-03-29T21:59:59.999Z',
      '2026-03-29T22:00:00.000Z',
      1 / HOUR,
    ],
    [
      'a week with the clocks going back',
      '2026-10-19T12:00:00.000Z',
      'week',
      'America/New_York',
      2,
      '2026-10-26T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
      169,
    ],
    [
      'the ISO week of two years',
      '2026-12-30T12:00:00.000Z',
      'week',
      'UTC',
      1,
      '2026-12-30T12:00:00.000Z',
      '2027-01-04T00:00:00.000Z',
      108,
    ],
    [
      'the last month of a year, where the brand is',
      '2026-12-31T23:30:00.000Z',
      'month',
      'Europe/Malta',
      1,
      '2026-12-31T23:30:00.000Z',
      '2027-01-31T23:00:00.000Z',
      743.5,
    ],
    [
      'a February of 29 days, after the 31st of January',
      '2028-01-31T12:00:00.000Z',
      'month',
      'UTC',
      2,
      '2028-02-01T00:00:00.000Z',
      '2028-03-01T00:00:00.000Z',
      696,
    ],
    [
      'a month with the clocks going forward',
      '2026-02-10T12:00:00.000Z',
      'month',
      'Europe/Malta',
      2,
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
      743,
    ],
    [
      'the 53rd week',
      '2026-01-01T00:00:00.000Z',
      'week',
      'UTC',
      53,
      '2026-12-28T00:00:00.000Z',
      '2027-01-04T00:00:00.000Z',
      168,
    ],
  ])('%s', (_, activatedAt, unit, zone, number, from, to, hours) => {
    expect(period(activatedAt, unit, zone, number)).toEqual({ from, to, hours });
  });
});

test('they follow each other without a gap, and each is one day, week or month of the wall clock', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
      fc.constantFrom<CashbackUnit>('day', 'week', 'month'),
      fc.constantFrom(
        'UTC',
        'Europe/Malta',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Beirut',
        'Africa/Casablanca',
        'Asia/Kathmandu',
        'Pacific/Kiritimati',
      ),
      fc.integer({ min: 1, max: 53 }),
      (activatedAt, unit, zone, number) => {
        const { from, to } = cashbackPeriod(activatedAt, unit, zone, number);
        const next = cashbackPeriod(activatedAt, unit, zone, number + 1);
        expect(from).toBeLessThan(to);
        expect(next.from).toBe(to);
        expect(localClock(from, zone)[unit]).toBe(localClock(to - 1, zone)[unit]);
        expect(localClock(to, zone)[unit]).not.toBe(localClock(to - 1, zone)[unit]);
        if (number > 1) expect(localClock(from - 1, zone)[unit]).not.toBe(localClock(from, zone)[unit]);
        else expect(from).toBe(activatedAt);
      },
    ),
    { numRuns: 300 },
  );
});
