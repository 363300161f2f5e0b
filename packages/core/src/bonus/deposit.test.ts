import { describe, expect, it } from 'vitest';
import type { DepositTerms } from '../activation/index.ts';
import { createCurrencyTable, findCurrency, largestWageringBase, parseAmount } from '../money/index.ts';
import { depositBonus } from './deposit.ts';

const NOW = Date.UTC(2026, 2, 1);

function minor(text: string, code: string): number {
  const table = createCurrencyTable();
  if (!table.ok) throw new Error('no currencies');
  const currency = findCurrency(table.value, code);
  if (!currency.ok) throw new Error(code);
  const amount = parseAmount(text, currency.value);
  if (!amount.ok) throw new Error(text);
  return amount.value;
}

const WAGERING = {
  multiplier: 3500,
  base: 'bonus',
  depositBase: 'full',
  expiresAfterSeconds: 604_800,
} as const;

const terms = (currency: string, matchBps: number, cap: string, min: string): DepositTerms => ({
  kind: 'deposit',
  matchBps,
  cap: { [currency]: minor(cap, currency) },
  minDeposit: { [currency]: minor(min, currency) },
  depositWithinSeconds: 604_800,
  wagering: WAGERING,
});

const deposit = (amount: string, currency = 'EUR') => ({
  amount: minor(amount, currency),
  currency,
  method: 'card',
  nth: 1,
});

/** Turnover in minor units, from 1/10,000 of one. */
const turnover = (units: number): number => units / 10_000;

describe('deposit bonus', () => {
  const v1 = terms('EUR', 10_000, '200', '20');

  it.each([
    ['150', '150', '5250'],
    ['350', '200', '7000'],
    ['20', '20', '700'],
  ])('V1: deposit %s gives %s at a turnover of %s', (amount, bonus, wagering) => {
    const verdict = depositBonus(v1, 'EUR', deposit(amount), NOW);
    expect(verdict).toMatchObject({ ok: true, bonus: minor(bonus, 'EUR') });
    expect(verdict.ok && turnover(verdict.wageringRequired)).toBe(minor(wagering, 'EUR'));
  });

  it('V1: 19.99 is below the minimum', () => {
    expect(depositBonus(v1, 'EUR', deposit('19.99'), NOW)).toEqual({ ok: false, key: 'min_deposit_not_met' });
  });

  it.each([
    ['100', 'full', '7000'],
    ['350', 'full', '19250'],
    ['350', 'matched', '14000'],
  ] as const)(
    'V4: deposit %s with the %s deposit in the base asks for %s',
    (amount, depositBase, wagering) => {
      const v4: DepositTerms = { ...v1, wagering: { ...WAGERING, base: 'deposit_plus_bonus', depositBase } };
      const verdict = depositBonus(v4, 'EUR', deposit(amount), NOW);
      expect(verdict.ok && turnover(verdict.wageringRequired)).toBe(minor(wagering, 'EUR'));
    },
  );

  it.each([
    ['EUR', 5_000, '100', '33.33', '16.66', '583.10'],
    ['KWD', 5_000, '100', '10.005', '5.002', '175.070'],
    ['JPY', 10_000, '10000', '5000', '5000', '175000'],
  ])('V5, V6: %s at %i basis points', (currency, bps, cap, amount, bonus, wagering) => {
    const verdict = depositBonus(terms(currency, bps, cap, '1'), currency, deposit(amount, currency), NOW);
    expect(verdict).toMatchObject({ ok: true, bonus: minor(bonus, currency) });
    expect(verdict.ok && turnover(verdict.wageringRequired)).toBe(minor(wagering, currency));
  });

  it('a deposit whose bonus would be nothing is below the minimum', () => {
    const share = terms('EUR', 100, '200', '0.01');
    expect(depositBonus(share, 'EUR', deposit('0.99'), NOW)).toEqual({
      ok: false,
      key: 'min_deposit_not_met',
    });
    expect(depositBonus(share, 'EUR', deposit('1'), NOW)).toMatchObject({ ok: true, bonus: 1 });
  });

  describe('of the largest deposit there can be', () => {
    const largest = { ...deposit('1'), amount: Number.MAX_SAFE_INTEGER };
    const plus = { ...WAGERING, base: 'deposit_plus_bonus' } as const;

    it.each([
      ['the bonus', {}, 700_000],
      ['the bonus and the matched deposit', { wagering: { ...plus, depositBase: 'matched' } }, 1_400_000],
      ['the bonus, matched a hundredfold', { matchBps: 1_000_000 }, 700_000],
    ] as const)('is capped when it is %s that is wagered', (_, change, wagered) => {
      const verdict = depositBonus({ ...v1, ...change }, 'EUR', largest, NOW);
      expect(verdict).toMatchObject({ ok: true, bonus: 20_000 });
      expect(verdict.ok && turnover(verdict.wageringRequired)).toBe(wagered);
    });

    it('is none when all of it would have to be wagered, which cannot be counted exactly', () => {
      const verdict = depositBonus({ ...v1, wagering: plus }, 'EUR', largest, NOW);
      expect(verdict).toEqual({ ok: false, key: 'max_deposit_exceeded' });
    });
  });

  it('pays up to the last deposit whose turnover is exact', () => {
    const whole: DepositTerms = { ...v1, wagering: { ...WAGERING, base: 'deposit_plus_bonus' } };
    const most = largestWageringBase(WAGERING.multiplier) - 20_000;
    const verdict = depositBonus(whole, 'EUR', { ...deposit('1'), amount: most }, NOW);
    expect(verdict.ok && Number.isSafeInteger(verdict.wageringRequired)).toBe(true);
    expect(depositBonus(whole, 'EUR', { ...deposit('1'), amount: most + 1 }, NOW)).toMatchObject({
      key: 'max_deposit_exceeded',
    });
  });

  it('expires the given time after it was granted', () => {
    expect(depositBonus(v1, 'EUR', deposit('50'), NOW)).toMatchObject({ expiresAt: Date.UTC(2026, 2, 8) });
  });

  it.each([
    ['another currency', {}, { currency: 'GBP' }, 'currency_not_eligible'],
    ['not the second deposit', { nthDeposit: 2 }, {}, 'audience_rules_violated'],
    ['an excluded method', { paymentMethods: { except: ['card'] } }, {}, 'payment_method_excluded'],
    ['a method not on the list', { paymentMethods: { only: ['bank'] } }, {}, 'payment_method_excluded'],
    [
      'an unknown method against a list',
      { paymentMethods: { only: ['card'] } },
      { method: null },
      'payment_method_excluded',
    ],
  ] as const)('refuses %s', (_, change, made, key) => {
    expect(depositBonus({ ...v1, ...change }, 'EUR', { ...deposit('50'), ...made }, NOW)).toEqual({
      ok: false,
      key,
    });
  });

  it('takes the second deposit when the second is asked for, and an allowed method', () => {
    const asked: DepositTerms = {
      ...v1,
      nthDeposit: 2,
      paymentMethods: { only: ['card'], except: ['voucher'] },
    };
    expect(depositBonus(asked, 'EUR', { ...deposit('50'), nth: 2 }, NOW)).toMatchObject({
      ok: true,
      bonus: 5_000,
    });
  });
});
