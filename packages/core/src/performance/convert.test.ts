import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from './convert.ts';

test.each<[string, bigint, string, number, number, bigint]>([
  ['dollars into euros', 10_000n, '0.9273', 2, 2, 9_273n],
  ['yen, which have no cents', 5_000n, '0.0061', 0, 2, 3_050n],
  ['dinars of three decimals', 10_005n, '3.0125', 3, 2, 3_014n],
  ['into yen', 1_234n, '163.2', 2, 0, 2_014n],
  ['a half is rounded up', 1n, '0.5', 2, 2, 1n],
  ['and below zero down', -1n, '0.5', 2, 2, -1n],
  ['less than a half is nothing', 1n, '0.4999', 2, 2, 0n],
  ['past what a number holds', 10n ** 20n, '1.1', 2, 2, 11n * 10n ** 19n],
  ['eight decimals into two', 150_000_000n, '60000', 8, 2, 9_000_000n],
])('%s', (_, amount, rate, fromExponent, intoExponent, expected) => {
  expect(convert(amount, { rate, fromExponent, intoExponent })).toBe(expected);
});

test('what is below zero is converted as what is above', () => {
  const rates = fc
    .tuple(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 999_999 }))
    .map(([whole, decimals]) => `${whole}.${String(decimals).padStart(6, '0')}`);
  const exponent = fc.integer({ min: 0, max: 8 });
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 24n),
      rates,
      exponent,
      exponent,
      (amount, rate, fromExponent, intoExponent) => {
        const by = { rate, fromExponent, intoExponent };
        expect(convert(-amount, by)).toBe(-convert(amount, by));
      },
    ),
  );
});
