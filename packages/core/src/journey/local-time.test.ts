import { describe, expect, it } from 'vitest';
import { isTime, nextLocalTime } from './local-time.ts';
import { quietUntil } from './quiet-hours.ts';

const BERLIN = 'Europe/Berlin';
const iso = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().slice(0, 16);

describe('the next time a clock shows', () => {
  it.each([
    ['later today', '2026-11-23T07:00Z', '09:00', null, BERLIN, '2026-11-23T08:00'],
    ['tomorrow', '2026-11-23T09:00Z', '09:00', null, BERLIN, '2026-11-24T08:00'],
    [
      'tomorrow when it is asked at that very instant',
      '2026-11-23T08:00Z',
      '09:00',
      null,
      BERLIN,
      '2026-11-24T08:00',
    ],
    [
      'a day further on in the east',
      '2026-11-23T20:00Z',
      '09:00',
      null,
      'Pacific/Auckland',
      '2026-11-24T20:00',
    ],
    ['Friday', '2026-11-23T07:00Z', '09:00', [5], BERLIN, '2026-11-27T08:00'],
    ['Monday a week later', '2026-11-23T09:00Z', '09:00', [1], BERLIN, '2026-11-30T08:00'],
    [
      'the instant the clock is set forward over it',
      '2026-03-28T20:00Z',
      '02:30',
      null,
      BERLIN,
      '2026-03-29T01:00',
    ],
    [
      'the day after, when the skipped one is over',
      '2026-03-29T01:00Z',
      '02:30',
      null,
      BERLIN,
      '2026-03-30T00:30',
    ],
    ['the first of two', '2026-10-24T20:00Z', '02:30', null, BERLIN, '2026-10-25T00:30'],
    ['the second of two', '2026-10-25T00:30Z', '02:30', null, BERLIN, '2026-10-25T01:30'],
    ['the day after both', '2026-10-25T01:30Z', '02:30', null, BERLIN, '2026-10-26T01:30'],
    ['midnight', '2026-11-23T12:00Z', '00:00', null, BERLIN, '2026-11-23T23:00'],
    ['a midnight that is skipped', '2026-04-23T12:00Z', '00:00', null, 'Africa/Cairo', '2026-04-23T22:00'],
  ] as const)('%s', (_, after, time, weekdays, zone, expected) => {
    expect(iso(nextLocalTime(Date.parse(after), { time, weekdays }, zone))).toBe(expected);
  });

  it('is none on no weekday', () => {
    expect(() => nextLocalTime(0, { time: '09:00', weekdays: [] }, 'UTC')).toThrow(RangeError);
  });

  it('is not asked of a zone that is none', () => {
    expect(() => nextLocalTime(0, { time: '09:00', weekdays: null }, 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('a time of the day', () => {
  it.each([
    ['00:00', true],
    ['23:59', true],
    ['24:00', false],
    ['9:00', false],
    ['09:60', false],
    ['09:00:00', false],
    ['', false],
  ])('%s: %s', (text, is) => {
    expect(isTime(text)).toBe(is);
  });
});

const night = { from: '22:00', to: '08:00', channels: [] };
const siesta = { from: '13:00', to: '15:30', channels: [] };

describe('quiet hours', () => {
  it.each([
    ['not in the day', night, '2026-11-23T12:00Z', BERLIN, null],
    ['from their first minute', night, '2026-11-23T21:00Z', BERLIN, '2026-11-24T07:00'],
    ['not a moment before', night, '2026-11-23T20:59:59.999Z', BERLIN, null],
    ['over midnight', night, '2026-11-24T02:00Z', BERLIN, '2026-11-24T07:00'],
    ['to their last moment', night, '2026-11-24T06:59:59.999Z', BERLIN, '2026-11-24T07:00'],
    ['not at their end', night, '2026-11-24T07:00Z', BERLIN, null],
    ['in the zone of the player', night, '2026-11-23T12:00Z', 'Asia/Tokyo', null],
    ['where it is night', night, '2026-11-23T14:00Z', 'Asia/Tokyo', '2026-11-23T23:00'],
    ['within a day', siesta, '2026-11-23T13:00Z', BERLIN, '2026-11-23T14:30'],
    ['of a shorter night', night, '2026-03-28T22:00Z', BERLIN, '2026-03-29T06:00'],
    ['of a longer night', night, '2026-10-24T21:00Z', BERLIN, '2026-10-25T07:00'],
    ['whose end is skipped', { ...night, to: '02:30' }, '2026-03-29T00:30Z', BERLIN, '2026-03-29T01:00'],
    [
      'whose end comes twice, before the first',
      { ...night, to: '02:30' },
      '2026-10-25T00:10Z',
      BERLIN,
      '2026-10-25T00:30',
    ],
    [
      'whose end comes twice, before the second',
      { ...night, to: '02:30' },
      '2026-10-25T01:10Z',
      BERLIN,
      '2026-10-25T01:30',
    ],
    ['between the two', { ...night, to: '02:30' }, '2026-10-25T00:45Z', BERLIN, null],
  ] as const)('%s', (_, hours, at, zone, expected) => {
    expect(iso(quietUntil(Date.parse(at), hours, zone))).toBe(expected);
  });

  it('are over when they end, on every day of a year and in zones of all kinds', () => {
    for (const zone of [
      BERLIN,
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/St_Johns',
    ]) {
      for (let at = Date.parse('2026-01-01T00:17Z'); at < Date.parse('2027-01-01'); at += 5 * 3_600_000) {
        const end = quietUntil(at, night, zone);
        if (end === null) continue;
        expect(end).toBeGreaterThan(at);
        expect(quietUntil(end, night, zone)).toBeNull();
        expect(quietUntil(end - 1, night, zone)).toBe(end);
      }
    }
  });
});
