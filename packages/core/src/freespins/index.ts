/** Free spins: what a provider's callbacks make of an order, and what its winnings come to. Pure. */
export {
  endSpins,
  isOver,
  playRound,
  type SpinsEnd,
  type SpinsPackage,
  type SpinsReport,
  winningsOf,
} from './package.ts';
export { creditOf, largestCredit, type WinningsCredit, type WinningsTerms } from './winnings.ts';
