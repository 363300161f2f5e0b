import type { MoneyNumbers, PerformanceNumbers } from '@promosmith/contract';
import { earningsOf, rateOf } from '@promosmith/core/performance';
import type { Measure } from '../counting/facts.ts';
import type { Sum } from './sums.ts';

/** The numbers that sums stand for. @param feesBps the brand's fees on gross gaming revenue. */
export function numbersOf(sums: readonly Sum[], feesBps: number | null): PerformanceNumbers {
  const [accepted, refused] = [countOf(sums, 'accepted'), countOf(sums, 'refused')];
  const distributed = countOf(sums, 'distributed');
  return {
    tries: accepted + refused,
    accepted,
    awaitingDeposit: countOf(
      sums.filter(({ detail }) => detail === 'awaiting_deposit'),
      'accepted',
    ),
    refused,
    acceptanceRate: shareOf(accepted, accepted + refused),
    activationRate: shareOf(accepted, distributed),
    lapsed: countOf(sums, 'lapsed'),
    reversed: countOf(sums, 'reversed'),
    distributed,
    shown: countOf(sums, 'shown'),
    grants: countOf(sums, 'granted'),
    wagered: countOf(sums, 'wagered'),
    conversions: countOf(sums, 'converted'),
    money: moneyOf(sums, feesBps),
  };
}

/** By currency, of those in which something was counted. */
function moneyOf(sums: readonly Sum[], feesBps: number | null): MoneyNumbers[] {
  const counted = sums.filter(
    ({ currency, count, amount }) => currency !== '' && (count !== 0 || amount !== '0'),
  );
  return [...Map.groupBy(counted, ({ currency }) => currency)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, of]) => {
      const earned = {
        granted: amountOf(of, 'granted') + amountOf(of, 'paid_out'),
        converted: amountOf(of, 'converted'),
        cashPaid: amountOf(of, 'cash'),
        deposited: amountOf(of, 'deposited'),
        staked: amountOf(of, 'staked'),
        won: amountOf(of, 'won'),
      };
      const { ggr, cost, fees, ngr, costOfGgr, bonusToDeposit } = earningsOf(earned, feesBps);
      return {
        currency,
        granted: exactly(earned.granted),
        converted: exactly(earned.converted),
        cashPaid: exactly(earned.cashPaid),
        cost: exactly(cost),
        breakage: exactly(amountOf(of, 'broken')),
        deposits: countOf(of, 'deposited'),
        deposited: exactly(earned.deposited),
        bonusToDeposit: exactly(bonusToDeposit),
        bets: countOf(of, 'staked'),
        staked: exactly(earned.staked),
        won: exactly(earned.won),
        ggr: exactly(ggr),
        fees: exactly(fees),
        ngr: exactly(ngr),
        costOfGgr: exactly(costOfGgr),
      };
    });
}

const countOf = (sums: readonly Sum[], measure: Measure): number =>
  sums.reduce((total, sum) => (sum.measure === measure ? total + sum.count : total), 0);

const amountOf = (sums: readonly Sum[], measure: Measure): bigint =>
  sums.reduce((total, sum) => (sum.measure === measure ? total + BigInt(sum.amount) : total), 0n);

const shareOf = (part: number, whole: number): number | null => exactly(rateOf(BigInt(part), BigInt(whole)));

/** null for what there is not, or is past what a number holds. */
const exactly = (value: bigint | null): number | null => {
  const number = Number(value);
  return value !== null && Number.isSafeInteger(number) ? number : null;
};
