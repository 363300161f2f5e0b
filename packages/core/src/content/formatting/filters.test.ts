import { describe, expect, it, test } from 'vitest';
import type { Json } from '../template/scope.ts';
import { render } from '../testing/index.ts';

/** Formatters write spaces that do not break; which of them is up to the version of their data. */
const plain = (text: unknown) => (typeof text === 'string' ? text.replace(/[\u00a0\u202f]/g, ' ') : text);
const format = (source: string, x: Json, locale = 'en', timeZone = 'UTC') =>
  plain(render(source, { event: { x }, format: { locale, timeZone } }));

describe('money', () => {
  test.each<[string, Json, string, string]>([
    ['{{ event.x | money }}', 1999, 'en', '€19.99'],
    ['{{ event.x | money }}', 1999, 'de', '19,99 €'],
    ['{{ event.x | money }}', -5, 'en', '-€0.05'],
    ['{{ event.x | money: "USD" }}', 123456789, 'en', '$1,234,567.89'],
    ['{{ event.x | money: "JPY" }}', 5000, 'en', '¥5,000'],
    ['{{ event.x | money: "KWD" }}', 5002, 'en', 'KWD 5.002'],
    ['{{ event.x | money: "GEMS1" }}', 1500, 'de', '1.500 GEMS1'],
    ['{{ event.x | money }}', 9_007_199_254_740_991, 'en', '€90,071,992,547,409.91'],
    ['{{ event.x | money }}', '1999', 'en', '€19.99'],
  ])('%s of %o in %s is %s', (source, x, locale, expected) => {
    expect(format(source, x, locale)).toBe(expected);
  });

  it('is in Arabic what Arabic readers read', () => {
    expect(format('{{ event.x | money }}', 1999, 'ar-EG')).toMatch(/١٩٫٩٩/);
  });

  test.each<[string, Json]>([
    ['{{ event.x | money: "XQQ" }}', 1],
    ['{{ event.x | money }}', 19.99],
    ['{{ event.x | money }}', 2 ** 53],
    ['{{ event.x | money }}', ''],
    ['{{ event.x | money }}', true],
  ])('%s of %o is a problem', (source, x) => {
    expect(format(source, x)).toMatchObject({ key: 'filter_failed' });
  });
});

describe('dates and times', () => {
  const at = '2026-03-01T22:30:00Z';
  test.each([
    ['date', 'en', 'UTC', 'Mar 1, 2026'],
    ['date: "full"', 'de', 'UTC', 'Sonntag, 1. März 2026'],
    ['date', 'de', 'Europe/Helsinki', '02.03.2026'],
    ['time', 'en', 'Europe/Malta', '11:30 PM'],
    ['time', 'de', 'Europe/Malta', '23:30'],
    ['datetime', 'en', 'America/Sao_Paulo', 'Mar 1, 2026, 7:30 PM'],
  ])('%s in %s and %s is %s', (filter, locale, timeZone, expected) => {
    expect(format(`{{ event.x | ${filter} }}`, at, locale, timeZone)).toBe(expected);
  });

  it.each<Json>(['2026-03-01', '2026-03-01T10:00:00', 'now', 1772404200000, '2026-13-01T00:00:00Z', ''])(
    '%o is no instant',
    (x) => {
      expect(format('{{ event.x | date }}', x)).toMatchObject({ key: 'filter_failed' });
    },
  );

  it('have four styles', () => {
    expect(format('{{ event.x | date: "%Y" }}', at)).toMatchObject({ key: 'filter_failed' });
  });
});

describe('numbers and plurals', () => {
  const spins = '{{ event.x | plural: one: "# spin", other: "# spins" }}';
  test.each<[string, Json, string, string]>([
    ['{{ event.x | number }}', 1234567.891, 'en', '1,234,567.891'],
    ['{{ event.x | number: 2 }}', 1234.5, 'de', '1.234,50'],
    [spins, 1, 'en', '1 spin'],
    [spins, 0, 'en', '0 spins'],
    [spins, 1500, 'de', '1.500 spins'],
    ['{{ event.x | plural: one: "a", few: "b", many: "c", other: "d" }}', 3, 'pl', 'b'],
    ['{{ event.x | plural: two: "اثنان", other: "#" }}', 2, 'ar', 'اثنان'],
  ])('%s of %o in %s is %s', (source, x, locale, expected) => {
    expect(format(source, x, locale)).toBe(expected);
  });

  test.each<[string, Json]>([
    ['{{ event.x | plural: one: "a" }}', 5],
    ['{{ event.x | plural: one: "a", other: "b" }}', 'many'],
    ['{{ event.x | number: 99 }}', 1],
  ])('%s of %o is a problem', (source, x) => {
    expect(format(source, x)).toMatchObject({ key: 'filter_failed' });
  });
});
