/** The activation decision: pure, in batches, every check kept. */
export { localClock, withinWeek } from './clock.ts';
export { counterKeys } from './counter-keys.ts';
export { decideBatch, knownCode, rehearseBatch } from './decide.ts';
export { factsFrom } from './facts-read.ts';
export {
  COST_SHOWS_LATER,
  depositTerms,
  hasExactCost,
  issue,
  largestCost,
  largestCostOf,
  payableIn,
} from './grants.ts';
export { budgetKey, isBudgetKey } from './key-format.ts';
export { codeMaximum } from './limits.ts';
export { REFUSALS, type RefusalKey } from './refusal-keys.ts';
export type { DepositTerms, Reward } from './reward-terms.ts';
export type * from './types.ts';
