import { describe, expect, it } from 'vitest';
import { nextDue } from './next.ts';

const MALTA = 'Europe/Malta';
const duesFrom = (
  every: Parameters<typeof nextDue>[0],
  after: string,
  count: number,
  zone = MALTA,
): string[] => {
  const dues: string[] = [];
  for (let at = new Date(after); dues.length < count; ) {
    at = nextDue(every, zone, at);
    dues.push(at.toISOString());
  }
  return dues;
};

describe('a report is due', () => {
  it('every day at its hour, by the brand’s clock', () => {
    expect(duesFrom({ kind: 'day', hour: 7 }, '2026-03-28T07:00:00Z', 2)).toEqual([
      '2026-03-29T05:00:00.000Z',
      '2026-03-30T05:00:00.000Z',
    ]);
  });

  it('not again at the very time it was due', () => {
    expect(duesFrom({ kind: 'day', hour: 7 }, '2026-01-05T06:00:00Z', 1)).toEqual([
      '2026-01-06T06:00:00.000Z',
    ]);
    expect(duesFrom({ kind: 'day', hour: 7 }, '2026-01-05T05:59:59.999Z', 1)).toEqual([
      '2026-01-05T06:00:00.000Z',
    ]);
  });

  it('once on the day whose hour the clock leaves out, when it goes on', () => {
    // 29 March 2026: 02:00 is 03:00 at once.
    expect(duesFrom({ kind: 'day', hour: 2 }, '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ]);
  });

  it('once on the day whose hour comes twice, the first time', () => {
    // 25 October 2026: 03:00 is 02:00 again.
    expect(duesFrom({ kind: 'day', hour: 2 }, '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-26T01:00:00.000Z',
    ]);
  });

  it('every week on its day', () => {
    expect(duesFrom({ kind: 'week', weekday: 1, hour: 0 }, '2026-03-02T10:00:00Z', 2)).toEqual([
      '2026-03-08T23:00:00.000Z',
      '2026-03-15T23:00:00.000Z',
    ]);
  });

  it('every month on its day, or on the last one there is', () => {
    expect(duesFrom({ kind: 'month', day: 31, hour: 12 }, '2026-01-31T11:00:00Z', 3, 'UTC')).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-02-28T12:00:00.000Z',
      '2026-03-31T12:00:00.000Z',
    ]);
  });

  it('by a clock that is ahead by three quarters of an hour', () => {
    expect(duesFrom({ kind: 'day', hour: 6 }, '2026-06-01T00:00:00Z', 1, 'Asia/Kathmandu')).toEqual([
      '2026-06-01T00:15:00.000Z',
    ]);
  });
});
