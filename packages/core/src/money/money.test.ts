import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Currency,
  createCurrencyTable,
  findCurrency,
  formatAmount,
  largestWageringBase,
  matchBonus,
  matchedDeposit,
  parseAmount,
  wageringBaseAmount,
  wageringRequired,
  wagerToMinor,
} from './index.ts';

function currency(code: string): Currency {
  const table = createCurrencyTable();
  if (!table.ok) throw new Error(table.refusal.message);
  const found = findCurrency(table.value, code);
  if (!found.ok) throw new Error(found.refusal.message);
  return found.value;
}

const EUR = currency('EUR');

function minor(text: string, of: Currency = EUR): number {
  const amount = parseAmount(text, of);
  if (!amount.ok) throw new Error(amount.refusal.message);
  return amount.value;
}

const required = (base: number, multiplierX100: number) =>
  wagerToMinor(wageringRequired(base, multiplierX100));

describe('vectors', () => {
  it.each([
    ['V1', 'EUR', '150', 10_000, '200', '150.00', '5250.00'],
    ['V1 capped', 'EUR', '350', 10_000, '200', '200.00', '7000.00'],
    ['V1 least deposit', 'EUR', '20', 10_000, '200', '20.00', '700.00'],
    ['V5 rounds down', 'EUR', '33.33', 5_000, '100', '16.66', '583.10'],
    ['V6 three decimals', 'KWD', '10.005', 5_000, '1000', '5.002', '175.070'],
    ['V6 no decimals', 'JPY', '5000', 10_000, '100000', '5000', '175000'],
  ])('%s: bonus and 35× of it', (_, code, deposit, match, cap, bonus, wager) => {
    const of = currency(code);
    const granted = matchBonus(minor(deposit, of), match, minor(cap, of));
    expect(formatAmount(granted, of)).toBe(bonus);
    expect(formatAmount(required(granted, 3_500), of)).toBe(wager);
  });

  it.each([
    ['100', 'full', '7000.00'],
    ['350', 'full', '19250.00'],
    ['350', 'matched', '14000.00'],
  ])('V4: deposit %s, %s, wagered with its bonus', (text, depositBase, wager) => {
    const deposit = minor(text);
    const cap = minor('200');
    const bonus = matchBonus(deposit, 10_000, cap);
    const depositPart = depositBase === 'full' ? deposit : matchedDeposit(deposit, 10_000, cap);
    const base = wageringBaseAmount({ base: 'deposit_plus_bonus', bonus, depositPart });
    expect(formatAmount(required(base, 3_500), EUR)).toBe(wager);
  });
});

describe('matchBonus', () => {
  const LARGEST = Number.MAX_SAFE_INTEGER;

  it.each([
    ['a share just at the cap', 20_000, 5_000, 10_000, 10_000],
    ['a share that rounds down to the cap', 20_001, 5_000, 10_000, 10_000],
    ['a share one above the cap', 20_002, 5_000, 10_000, 10_000],
    ['a share beyond every safe integer', LARGEST, 1_000_000, 10_000, 10_000],
    ['the largest deposit, uncapped by the largest cap', LARGEST, 10_000, LARGEST, LARGEST],
  ])('%s', (_, deposit, match, cap, expected) => {
    expect(matchBonus(deposit, match, cap)).toBe(expected);
  });

  it('is the lower of share and cap', () => {
    const amount = fc.maxSafeNat();
    fc.assert(
      fc.property(amount, fc.nat({ max: 1_000_000 }), amount, (deposit, match, cap) => {
        const share = (BigInt(deposit) * BigInt(match)) / 10_000n;
        expect(BigInt(matchBonus(deposit, match, cap))).toBe(share < BigInt(cap) ? share : BigInt(cap));
      }),
    );
  });
});

describe('largestWageringBase', () => {
  it.each([1, 99, 100, 3_500, 100_000])(
    'at a multiplier of %i hundredths is the last exact one',
    (multiplier) => {
      const largest = largestWageringBase(multiplier);
      const most = BigInt(Number.MAX_SAFE_INTEGER);
      expect(wageringRequired(largest, multiplier) <= most).toBe(true);
      expect(wageringRequired(largest + 1, multiplier) > most).toBe(true);
    },
  );

  it('is any amount when nothing is wagered', () => {
    expect(largestWageringBase(0)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('matchedDeposit', () => {
  it.each([
    ['below the cap', 10_000, 5_000, 10_000, 10_000],
    ['at the cap', 20_000, 5_000, 10_000, 20_000],
    ['above the cap', 50_000, 5_000, 10_000, 20_000],
    ['a match above 100 % rounds down', 50_000, 15_000, 10_000, 6_666],
  ])('%s', (_, deposit, match, cap, expected) => {
    expect(matchedDeposit(deposit, match, cap)).toBe(expected);
  });

  it('is the whole deposit without a cap', () => {
    expect(matchedDeposit(12_345, 5_000)).toBe(12_345);
  });

  it('never exceeds the deposit', () => {
    const amount = fc.nat({ max: 1_000_000_000 });
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 50_000 }), amount, (deposit, match, cap) => {
        expect(matchedDeposit(deposit, match, cap)).toBeLessThanOrEqual(deposit);
      }),
    );
  });
});

describe('wageringBaseAmount', () => {
  it('takes the bonus alone, or the winnings of free spins', () => {
    expect(wageringBaseAmount({ base: 'bonus', bonus: 2_000 })).toBe(2_000);
    expect(required(wageringBaseAmount({ base: 'winnings', winnings: 1_340 }), 3_500)).toBe(46_900);
  });
});
