import { requireNonNegative } from '../money/minor.ts';
import { type Draft, indexOf } from './draft.ts';
import { judge } from './lifecycle.ts';
import { endRound, fundingOf, isOpen, NOTHING, putInPlay, remember } from './rounds.ts';
import { type Counted, countStake, NOT_COUNTED, oldestUnderWay, takeStake } from './stakes.ts';
import type { BetEvent, BetSplit, Funding, Rounds, StakeEvent, WinEvent } from './types.ts';
import { payWin } from './wins.ts';

/** Stake and win in one. Bonuses with money in it are judged once both are in. */
export function settleBet(draft: Draft, bet: BetEvent, rounds: Rounds | undefined): BetSplit {
  const { counted, oldest, funding } = takeAndCount(draft, bet);
  const staked = bet.stake > 0 ? funding : fundingOf(draft, bet.roundId, rounds);
  const won = payWin(draft, requireNonNegative(bet.win), staked);
  remember(rounds, bet.roundId, funding);
  judgeBet(draft, oldest, staked, bet.at);
  return splitOf(funding, won, counted);
}

/** A stake alone: bonuses with money in it wait for its result, while another may be complete with it. */
export function placeStake(draft: Draft, stake: StakeEvent, rounds: Rounds | undefined): BetSplit {
  const { counted, oldest, funding } = takeAndCount(draft, stake);
  if (oldest >= 0 || isOpen(draft, stake.roundId)) putInPlay(draft, stake, funding, rounds);
  remember(rounds, stake.roundId, funding);
  judgeBet(draft, oldest, funding, stake.at);
  return splitOf(funding, NOTHING, counted);
}

/** A win of a round whose stakes were told before. */
export function settleWin(draft: Draft, win: WinEvent, rounds: Rounds | undefined): BetSplit {
  const won = payWin(draft, requireNonNegative(win.win), fundingOf(draft, win.roundId, rounds));
  if (win.endsRound) endRound(draft, win.roundId, win.at);
  return splitOf(NOTHING, won, NOT_COUNTED);
}

interface Taken {
  readonly counted: Counted;
  /** Index of the bonus it was played under, or -1. */
  readonly oldest: number;
  readonly funding: Funding;
}

function takeAndCount(draft: Draft, played: BetEvent | StakeEvent): Taken {
  const oldest = oldestUnderWay(draft.grants, played.at);
  const funding = takeStake(draft, requireNonNegative(played.stake), played.at);
  return { counted: countStake(draft, oldest, played, funding), oldest, funding };
}

/** The bonus it was played under, and those with money in it, in order. */
function judgeBet(draft: Draft, oldest: number, { parts }: Funding, at: number): void {
  if (oldest >= 0) judge(draft, oldest, at);
  for (const { grantId } of parts) judge(draft, indexOf(draft, grantId), at);
}

function splitOf(funding: Funding, won: Funding, counted: Counted): BetSplit {
  const { countedFor, contribution, breach } = counted;
  const parts = partsOf(funding.parts, won.parts);
  return { realStake: funding.real, realWin: won.real, parts, countedFor, contribution, breach };
}

/** A win has parts of what staked it only, but for one told without its stake. */
function partsOf(staked: Funding['parts'], won: Funding['parts']): BetSplit['parts'] {
  if (staked.length === 0) return won.map(({ grantId, amount }) => ({ grantId, stake: 0, win: amount }));
  return staked.map(({ grantId, amount }) => ({
    grantId,
    stake: amount,
    win: won.find((part) => part.grantId === grantId)?.amount ?? 0,
  }));
}
