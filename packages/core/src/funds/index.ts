/** A player's money in one currency, real and bonus, folded from what happened to it. Pure. */
export { type Checkpoint, endedForGood, fromCheckpoint, toCheckpoint } from './checkpoint.ts';
export { corrections, linesOfBet } from './corrections.ts';
export { fold, foldAll, NO_FUNDS } from './fold.ts';
export { mostConverted } from './lifecycle.ts';
export { compareEvents, type Place } from './order.ts';
export { refusalOf } from './refusal.ts';
export { isWinAlone, roundsAsked } from './rounds.ts';
export { compileTerms, type WageringTerms } from './terms.ts';
export type {
  BetEvent,
  BetSplit,
  Folded,
  Funding,
  FundingPart,
  Funds,
  FundsEvent,
  FundsEventKind,
  FundsTerms,
  GrantEnd,
  GrantFunds,
  GrantState,
  Line,
  LineKind,
  Notice,
  OpenRound,
  Rounds,
  StakeEvent,
  Turnover,
  WinEvent,
  WithdrawalRequest,
} from './types.ts';
