import { describe, expect, it } from 'vitest';
import { placeOf, readLines } from './lines.ts';
import { plainRate, readRateKey } from './rate.ts';

const KNOWN = { own: 'EUR', isCurrency: (code: string) => ['USD', 'SEK', 'EUR'].includes(code) };
const read = (text: string) => readLines(text, KNOWN);

describe('lines of rates', () => {
  it.each([
    '2026-01-05 USD 0.9273',
    '2026-01-05\tusd\t0,9273',
    '2026-01-05;USD;0,9273',
    '2026-01-05,USD,0.9273',
    '2026-01-05,USD,0,9273',
    '  2026-01-05   USD   0.9273\r',
  ])('%j is read', (line) => {
    expect(read(line)).toEqual({
      rates: [{ line: 1, day: '2026-01-05', currency: 'USD', rate: '0.9273' }],
      faults: [],
    });
  });

  it.each([
    ['2026-01-05 USD', 'shape', '2026-01-05 USD'],
    ['2026-01-05 USD 0.9 EUR', 'shape', '2026-01-05 USD 0.9 EUR'],
    ['2026-02-30 USD 0.9', 'day', '2026-02-30'],
    ['05.01.2026 USD 0.9', 'day', '05.01.2026'],
    ['2026-01-05 EUR 1', 'own', 'EUR'],
    ['2026-01-05 XXQ 0.9', 'currency', 'XXQ'],
    ['2026-01-05 USD 0', 'rate', '0'],
    ['2026-01-05 USD 1.234,5', 'rate', '1.234,5'],
    ['2026-01-05 USD -1', 'rate', '-1'],
  ])('%j is refused', (line, kind, what) => {
    expect(read(line)).toEqual({ rates: [], faults: [{ line: 1, kind, what }] });
  });

  it('are counted as they stand there, empty ones too, and each day and currency is taken once', () => {
    const { rates, faults } = read('2026-01-05 USD 0.9\n\n2026-01-05 SEK 0.09\n2026-01-05 USD 0.8\n');
    expect(rates.map(({ line }) => line)).toEqual([1, 3]);
    expect(faults).toEqual([{ line: 4, kind: 'twice', what: '1' }]);
  });
});

it('a point and a comma are never between thousands', () => {
  expect(['1.085', '1,085', ' 25 ', '1,234.5', '', '0.0'].map(plainRate)).toEqual([
    ...['1.085', '1.085', '25'],
    ...[undefined, undefined, undefined],
  ]);
});

it('the server’s word on a rate is told of its line', () => {
  expect(['rates.2.currency', 'rates.0', 'rates', 'day'].map(placeOf)).toEqual([
    ...[2, 0],
    ...[undefined, undefined],
  ]);
});

it('an address that names no rate opens none', () => {
  expect(readRateKey('2026-01-05.USD.EUR')).toEqual({ day: '2026-01-05', currency: 'USD', into: 'EUR' });
  expect(['x', '2026-13-05.USD.EUR', '2026-01-05.USD', undefined].map(readRateKey)).toEqual(
    Array(4).fill(undefined),
  );
});
