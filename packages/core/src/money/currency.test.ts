import { describe, expect, it } from 'vitest';
import { createCurrencyTable, findCurrency } from './index.ts';
import { ISO_4217 } from './iso4217.ts';

function exponentOf(code: string, configured: { code: string; exponent: number }[] = []): number | string {
  const table = createCurrencyTable(configured);
  if (!table.ok) return table.refusal.key;
  const found = findCurrency(table.value, code);
  return found.ok ? found.value.exponent : found.refusal.key;
}

describe('ISO 4217', () => {
  it.each([
    ['EUR', 2],
    ['USD', 2],
    ['XCG', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %d decimals', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  it('lists every code once and well-formed', () => {
    const table = createCurrencyTable();
    expect(table.ok && [...table.value.keys()].every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    const listed = Object.values(ISO_4217).flatMap((codes) => codes.split(/\s+/));
    expect(table.ok && table.value.size).toBe(listed.length);
  });

  it.each(['eur', 'EURO', 'XXX', 'XAU', 'BGN', '', '__proto__', 'E'.repeat(10_000)])(
    'does not know %s',
    (code) => {
      expect(exponentOf(code)).toBe('unknown_currency');
    },
  );
});

describe('configured currencies', () => {
  it('stand beside the ISO ones', () => {
    const configured = [
      { code: 'BTC', exponent: 8 },
      { code: 'COINS', exponent: 0 },
    ];
    expect(exponentOf('BTC', configured)).toBe(8);
    expect(exponentOf('COINS', configured)).toBe(0);
    expect(exponentOf('EUR', configured)).toBe(2);
  });

  it.each([
    ['lower case', { code: 'btc', exponent: 8 }, /capital letters/],
    ['too short', { code: 'BT', exponent: 8 }, /3 to 10/],
    ['too many decimals', { code: 'ETH', exponent: 18 }, /0 to 8/],
    ['a fraction of a decimal', { code: 'ETH', exponent: 1.5 }, /0 to 8/],
    ['an ISO code', { code: 'JPY', exponent: 2 }, /defined already/],
  ])('refuses %s, naming the entry', (_, entry, reason) => {
    const table = createCurrencyTable([{ code: 'BTC', exponent: 8 }, entry]);
    expect(table.ok ? [] : table.refusal.errors).toEqual([
      { field: 'currencies.1', reason: expect.stringMatching(reason) },
    ]);
  });

  it('refuses a code given twice', () => {
    const btc = { code: 'BTC', exponent: 8 };
    expect(exponentOf('BTC', [btc, btc])).toBe('currencies_invalid');
  });
});
