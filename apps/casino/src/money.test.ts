import { expect, test } from 'vitest';
import { centsOf, euros } from './money.ts';

test.each<[string, number | undefined]>([
  ['20', 2_000],
  ['20.5', 2_050],
  ['20,50', 2_050],
  [' €0.01 ', 1],
  ['19.99', 1_999],
  ['1234567.89', 123_456_789],
  ['', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['20.505', undefined],
  ['12345678', undefined],
  ['NaN', undefined],
  ['2 0', undefined],
])('what is typed as %j is %j cents', (text, cents) => {
  expect(centsOf(text)).toBe(cents);
});

test('amounts are written with their decimals', () => {
  expect([0, 5, 123_456].map(euros)).toEqual(['€0.00', '€0.05', '€1,234.56']);
});
