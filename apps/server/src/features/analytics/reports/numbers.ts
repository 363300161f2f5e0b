import type { MoneyNumbers, PerformanceNumbers } from '@promosmith/contract';
import type { Measure } from '../counting/facts.ts';
import type { Sum } from './sums.ts';

/** Basis points. */
const WHOLE = 10_000n;

/** The numbers that sums stand for. */
export function numbersOf(sums: readonly Sum[]): PerformanceNumbers {
  const [accepted, refused] = [countOf(sums, 'accepted'), countOf(sums, 'refused')];
  return {
    tries: accepted + refused,
    accepted,
    awaitingDeposit: countOf(
      sums.filter(({ detail }) => detail === 'awaiting_deposit'),
      'accepted',
    ),
    refused,
    acceptanceRate: shareOf(BigInt(accepted), BigInt(accepted + refused)),
    lapsed: countOf(sums, 'lapsed'),
    reversed: countOf(sums, 'reversed'),
    distributed: countOf(sums, 'distributed'),
    grants: countOf(sums, 'granted'),
    wagered: countOf(sums, 'wagered'),
    conversions: countOf(sums, 'converted'),
    money: moneyOf(sums),
  };
}

/** By currency, of those in which something was counted. */
function moneyOf(sums: readonly Sum[]): MoneyNumbers[] {
  const counted = sums.filter(
    ({ currency, count, amount }) => currency !== '' && (count !== 0 || amount !== '0'),
  );
  return [...Map.groupBy(counted, ({ currency }) => currency)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, of]) => {
      const granted = amountOf(of, 'granted') + amountOf(of, 'paid_out');
      const converted = amountOf(of, 'converted');
      const cashPaid = amountOf(of, 'cash');
      const deposited = amountOf(of, 'deposited');
      return {
        currency,
        granted: exactly(granted),
        converted: exactly(converted),
        cashPaid: exactly(cashPaid),
        cost: exactly(converted + cashPaid),
        deposits: countOf(of, 'deposited'),
        deposited: exactly(deposited),
        bonusToDeposit: shareOf(granted, deposited),
      };
    });
}

const countOf = (sums: readonly Sum[], measure: Measure): number =>
  sums.reduce((total, sum) => (sum.measure === measure ? total + sum.count : total), 0);

const amountOf = (sums: readonly Sum[], measure: Measure): bigint =>
  sums.reduce((total, sum) => (sum.measure === measure ? total + BigInt(sum.amount) : total), 0n);

/** Rounded down. */
const shareOf = (part: bigint, whole: bigint): number | null =>
  whole === 0n ? null : exactly((part * WHOLE) / whole);

const exactly = (value: bigint): number | null => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : null;
};
