/** Cashback: the periods of a bonus on the brand's wall clock, and what a loss pays back. */
export {
  type CashbackDue,
  type CashbackTerms,
  type CashFlowSums,
  cashbackDue,
  cashFlowLoss,
  type GameSums,
  gameNetLoss,
  type NothingPaid,
} from './payout.ts';
export { type CashbackPeriod, type CashbackUnit, cashbackPeriod } from './periods.ts';
