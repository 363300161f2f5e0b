import { describe, expect, it } from 'vitest';
import { nextTime, parseCron } from './cron.ts';

const next = (text: string, after: string, zone = 'UTC'): string | null => {
  const read = parseCron(text);
  if (!read.ok) throw new Error(read.reason);
  const at = nextTime(read.cron, Date.parse(after), zone);
  return at === null ? null : new Date(at).toISOString().slice(0, 16);
};

describe('the next time of a schedule', () => {
  it.each([
    ['every minute', '* * * * *', '2026-11-23T12:00:30Z', '2026-11-23T12:01'],
    ['never the instant itself', '0 12 * * *', '2026-11-23T12:00Z', '2026-11-24T12:00'],
    ['a day', '30 18 * * *', '2026-11-23T12:00Z', '2026-11-23T18:30'],
    ['steps', '*/20 * * * *', '2026-11-23T12:41Z', '2026-11-23T13:00'],
    ['steps from a value', '10/25 * * * *', '2026-11-23T12:36Z', '2026-11-23T13:10'],
    ['steps in a range', '0 9-17/4 * * *', '2026-11-23T13:30Z', '2026-11-23T17:00'],
    ['lists', '0 9,17 * * *', '2026-11-23T09:00Z', '2026-11-23T17:00'],
    ['weekdays', '0 18 * * 5', '2026-11-23T12:00Z', '2026-11-27T18:00'],
    ['Sunday as 0', '0 18 * * 0', '2026-11-23T12:00Z', '2026-11-29T18:00'],
    ['Sunday as 7', '0 18 * * 7', '2026-11-23T12:00Z', '2026-11-29T18:00'],
    ['a range over Sunday', '0 18 * * 6-7', '2026-11-28T19:00Z', '2026-11-29T18:00'],
    ['days of the month', '0 0 1 * *', '2026-11-23T12:00Z', '2026-12-01T00:00'],
    ['months', '0 0 1 3 *', '2026-11-23T12:00Z', '2027-03-01T00:00'],
    ['either day when both are stated', '0 0 13 * 5', '2026-11-28T00:00Z', '2026-12-04T00:00'],
    ['either day when both are stated, the other way', '0 0 13 * 5', '2026-12-11T00:00Z', '2026-12-13T00:00'],
    ['both when one of them is a star with a step', '0 0 */2 * 5', '2026-11-28T00:00Z', '2026-12-11T00:00'],
    ['leap days', '0 0 29 2 *', '2026-11-23T12:00Z', '2028-02-29T00:00'],
  ])('%s', (_, text, after, expected) => {
    expect(next(text, after)).toBe(expected);
  });

  it.each([
    ['in the zone of the brand', '0 9 * * *', '2026-11-23T12:00Z', '2026-11-24T08:00'],
    ['when the clock skips it', '30 2 * * *', '2026-03-28T12:00Z', '2026-03-29T01:00'],
    ['once when the clock shows it twice', '30 2 * * *', '2026-10-24T12:00Z', '2026-10-25T00:30'],
    ['and not again', '30 2 * * *', '2026-10-25T00:30Z', '2026-10-26T01:30'],
  ])('%s', (_, text, after, expected) => {
    expect(next(text, after, 'Europe/Berlin')).toBe(expected);
  });

  it('is none before it exists: 29 February 2100 does not', () => {
    expect(next('0 0 29 2 *', '2096-03-01T00:00Z')).toBe('2104-02-29T00:00');
  });
});

describe('what is no schedule', () => {
  it.each([
    ['', 'five fields'],
    ['* * * *', 'five fields'],
    ['* * * * * *', 'five fields'],
    ['60 * * * *', '“60” is no minute'],
    ['* 24 * * *', '“24” is no hour'],
    ['* * 0 * *', '“0” is no day of the month'],
    ['* * * 13 *', '“13” is no month'],
    ['* * * * 8', '“8” is no weekday'],
    ['5-1 * * * *', '“5-1” is no minute'],
    ['*/0 * * * *', '“*/0” is no minute'],
    ['1,,2 * * * *', '“1,,2” is no minute'],
    ['MON * * * *', '“MON” is no minute'],
    ['-1 * * * *', '“-1” is no minute'],
    ['0 0 30 2 *', 'No calendar'],
  ])('“%s”', (text, reason) => {
    expect(parseCron(text)).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });
});
