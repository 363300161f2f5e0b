import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration, parseTimestamp } from './time.ts';

describe('timestamps', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1970-01-01T00:00:00.000999999Z', 0],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
  ])('%s', (text, ms) => {
    expect(parseTimestamp(text)).toBe(ms);
  });

  test.each([
    '2026-01-31',
    '2026-01-31T00:00:00',
    '2026-01-31 00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-01-31T25:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '',
    '1',
  ])('%s is no timestamp', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe('durations', () => {
  test.each([
    ['36h', 129_600_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['1.005s', 1_005],
    ['-250ms', -250],
    ['2h45m30.25s', 9_930_250],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '1', '1d', 'h', '-', '1.5ms', '0.0001s', '1h 30m', '9999999999h', '1h-30m'])(
    '%s is no duration',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test('formatted text reads back the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});
