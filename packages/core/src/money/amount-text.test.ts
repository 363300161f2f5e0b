import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from './index.ts';

const EUR = { code: 'EUR', exponent: 2 };

describe('parseAmount', () => {
  it.each([
    ['19.99', EUR, 1_999],
    ['20', EUR, 2_000],
    ['20.5', EUR, 2_050],
    ['0', EUR, 0],
    ['-0.00', EUR, 0],
    ['007.10', EUR, 710],
    ['10.005', { code: 'KWD', exponent: 3 }, 10_005],
    ['5000', { code: 'JPY', exponent: 0 }, 5_000],
    ['0.00000001', { code: 'BTC', exponent: 8 }, 1],
    ['90071992547409.91', EUR, Number.MAX_SAFE_INTEGER],
  ])('%s → minor units', (text, currency, expected) => {
    expect(parseAmount(text, currency)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['19.999', EUR, 'amount_too_many_decimals'],
    ['19.990', EUR, 'amount_too_many_decimals'],
    ['1.0', { code: 'JPY', exponent: 0 }, 'amount_too_many_decimals'],
    ['-0.01', EUR, 'amount_negative'],
    ['1e3', EUR, 'amount_malformed'],
    ['+5', EUR, 'amount_malformed'],
    ['1,000', EUR, 'amount_malformed'],
    ['.5', EUR, 'amount_malformed'],
    ['5.', EUR, 'amount_malformed'],
    [' 5', EUR, 'amount_malformed'],
    ['0x10', EUR, 'amount_malformed'],
    ['', EUR, 'amount_malformed'],
    ['NaN', EUR, 'amount_malformed'],
    ['٥', EUR, 'amount_malformed'],
    ['9'.repeat(10_000), EUR, 'amount_malformed'],
    ['90071992547409.92', EUR, 'amount_too_large'],
    ['9'.repeat(30), EUR, 'amount_too_large'],
  ])('refuses %s', (text, currency, key) => {
    const result = parseAmount(text, currency);
    expect(result.ok ? result.value : result.refusal.key).toBe(key);
  });

  it('takes a negative amount where asked', () => {
    expect(parseAmount('-12.34', EUR, { allowNegative: true })).toEqual({ ok: true, value: -1_234 });
  });
});

describe('formatAmount', () => {
  it.each([
    [5, EUR, '0.05'],
    [-5, EUR, '-0.05'],
    [0, EUR, '0.00'],
    [5_000, { code: 'JPY', exponent: 0 }, '5000'],
    [1, { code: 'BTC', exponent: 8 }, '0.00000001'],
  ])('%d → text', (amount, currency, expected) => {
    expect(formatAmount(amount, currency)).toBe(expected);
  });

  it('is read back unchanged in every exponent', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat({ max: 8 }), (amount, exponent) => {
        const currency = { code: 'XYZ', exponent };
        const read = parseAmount(formatAmount(amount, currency), currency, { allowNegative: true });
        expect(read).toEqual({ ok: true, value: amount });
      }),
    );
  });
});
