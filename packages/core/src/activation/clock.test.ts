import { describe, expect, it } from 'vitest';
import { localClock, withinWeek } from './clock.ts';

const at = (instant: string, zone: string) => localClock(Date.parse(instant), zone);
const time = ({ minuteOfDay }: { minuteOfDay: number }): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;

describe('the wall clock', () => {
  it.each([
    // Malta goes from 02:00 to 03:00 on 29 March and from 03:00 back to 02:00 on 25 October.
    ['Europe/Malta', '2026-03-29T00:59:59.999Z', '2026-03-29', '01:59', 7],
    ['Europe/Malta', '2026-03-29T01:00:00Z', '2026-03-29', '03:00', 7],
    ['Europe/Malta', '2026-10-25T00:30:00Z', '2026-10-25', '02:30', 7],
    ['Europe/Malta', '2026-10-25T01:30:00Z', '2026-10-25', '02:30', 7],
    ['Europe/Malta', '2026-10-25T02:00:00Z', '2026-10-25', '03:00', 7],
    ['Europe/Malta', '2026-10-25T22:59:59.999Z', '2026-10-25', '23:59', 7],
    ['Europe/Malta', '2026-10-25T23:00:00Z', '2026-10-26', '00:00', 1],
    // New York changes on 8 March and 1 November.
    ['America/New_York', '2026-03-08T06:59:00Z', '2026-03-08', '01:59', 7],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08', '03:00', 7],
    ['America/New_York', '2026-11-01T05:59:00Z', '2026-11-01', '01:59', 7],
    ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01', '01:00', 7],
    ['America/New_York', '2026-01-01T04:59:59.999Z', '2025-12-31', '23:59', 3],
    ['Asia/Kathmandu', '2026-03-31T18:14:59.999Z', '2026-03-31', '23:59', 2],
    ['Asia/Kathmandu', '2026-03-31T18:15:00Z', '2026-04-01', '00:00', 3],
    // In Beirut the clocks change at midnight: the day begins at 01:00.
    ['Asia/Beirut', '2026-03-28T22:00:00Z', '2026-03-29', '01:00', 7],
    ['Pacific/Kiritimati', '2026-01-01T10:00:00Z', '2026-01-02', '00:00', 5],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29', '23:59', 4],
  ])('%s at %s: %s %s, weekday %i', (zone, instant, day, clockTime, weekday) => {
    const clock = at(instant, zone);
    expect([clock.day, time(clock), clock.weekday]).toEqual([day, clockTime, weekday]);
    expect(clock.month).toBe(day.slice(0, 7));
  });

  it.each([
    ['2024-12-29', '2024-W52'],
    ['2024-12-30', '2025-W01'],
    ['2025-12-28', '2025-W52'],
    ['2025-12-29', '2026-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2021-01-03', '2020-W53'],
    ['2026-03-29', '2026-W13'],
  ])('%s is in week %s', (day, week) => {
    expect(at(`${day}T00:00:00Z`, 'UTC').week).toBe(week);
    expect(at(`${day}T23:59:59.999Z`, 'UTC').week).toBe(week);
  });

  it('counts periods where the brand is, not where the server is', () => {
    const newYear = '2026-12-31T23:30:00Z';
    expect(at(newYear, 'Europe/Malta')).toMatchObject({
      day: '2027-01-01',
      week: '2026-W53',
      month: '2027-01',
    });
    expect(at(newYear, 'America/New_York')).toMatchObject({
      day: '2026-12-31',
      week: '2026-W53',
      month: '2026-12',
    });
    const sunday = '2026-01-04T18:20:00Z';
    expect(at(sunday, 'Asia/Kathmandu')).toMatchObject({ day: '2026-01-05', week: '2026-W02' });
    expect(at(sunday, 'UTC')).toMatchObject({ day: '2026-01-04', week: '2026-W01' });
  });

  it('refuses a zone that does not exist', () => {
    expect(() => at('2026-01-01T00:00:00Z', 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('the weekly schedule', () => {
  const clock = (weekday: number, clockTime: string) => ({
    ...at('2026-01-01T00:00:00Z', 'UTC'),
    weekday,
    minuteOfDay: Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3)),
  });
  const hours = (...spans: string[]) => spans.map((span) => ({ from: span.slice(0, 5), to: span.slice(6) }));

  it.each([
    // [weekdays, hours, weekday, time, inside]
    [undefined, undefined, 3, '12:00', true],
    [[1, 3], undefined, 3, '00:00', true],
    [[1, 3], undefined, 2, '23:59', false],
    [undefined, hours('09:00-17:00'), 1, '08:59', false],
    [undefined, hours('09:00-17:00'), 1, '09:00', true],
    [undefined, hours('09:00-17:00'), 1, '16:59', true],
    [undefined, hours('09:00-17:00'), 1, '17:00', false],
    [undefined, hours('09:00-10:00', '20:00-21:00'), 1, '20:30', true],
    [undefined, hours('09:00-10:00', '20:00-21:00'), 1, '15:00', false],
    [undefined, hours('00:00-24:00'), 1, '00:00', true],
    [undefined, hours('00:00-24:00'), 1, '23:59', true],
    [[2], hours('20:00-24:00'), 2, '23:59', true],
    [[2], hours('20:00-24:00'), 3, '00:00', false],
    [[2], hours('20:00-00:00'), 2, '23:59', true],
    [[2], hours('20:00-00:00'), 3, '00:00', false],
    // Past midnight belongs to the day it started on.
    [[5], hours('22:00-02:00'), 5, '21:59', false],
    [[5], hours('22:00-02:00'), 5, '22:00', true],
    [[5], hours('22:00-02:00'), 6, '01:59', true],
    [[5], hours('22:00-02:00'), 6, '02:00', false],
    [[5], hours('22:00-02:00'), 5, '01:00', false],
    [[7], hours('22:00-02:00'), 1, '01:59', true],
    [[1], hours('22:00-02:00'), 1, '01:59', false],
    [[5], hours('22:00-02:00'), 6, '22:00', false],
  ])('weekdays %j, hours %j: on day %i at %s → %s', (weekdays, spans, weekday, clockTime, inside) => {
    expect(withinWeek({ weekdays, hours: spans }, clock(weekday, clockTime))).toBe(inside);
  });

  it('follows the wall clock when clocks change', () => {
    const early = { hours: hours('02:00-03:00') };
    const inMalta = (instant: string): boolean => withinWeek(early, at(instant, 'Europe/Malta'));
    // In spring the hour does not happen, in autumn it happens twice.
    expect(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map(inMalta)).toEqual([false, false]);
    expect(
      ['2026-10-24T23:59:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:59:00Z', '2026-10-25T02:00:00Z'].map(
        inMalta,
      ),
    ).toEqual([false, true, true, false]);
  });
});
