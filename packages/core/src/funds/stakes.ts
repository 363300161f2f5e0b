import { BASIS_POINTS, type BasisPoints, type Minor, shareOf } from '../money/index.ts';
import { addReal, type Draft, isUnderWay, own, requireReal } from './draft.ts';
import type { BetEvent, Funding, Funds, FundsTerms, GrantFunds, StakeEvent, Turnover } from './types.ts';

/** The bonus that play is under at an instant: the oldest one under way, or -1. */
export function oldestUnderWay(grants: readonly GrantFunds[], at: number): number {
  for (let index = 0; index < grants.length; index++) if (isUnderWay(grants[index]!, at)) return index;
  return -1;
}

/** Whether real money and the bonuses under way cover a stake. Never sums them: that may be past what is exact. */
export function covers({ real, grants }: Pick<Funds, 'real' | 'grants'>, stake: Minor, at: number): boolean {
  let open = stake - real;
  for (const grant of grants) if (isUnderWay(grant, at)) open -= grant.balance;
  return open <= 0;
}

/** The largest bet allowed under a bonus, or null. */
export function largestBet({ amount, terms: { maxBet } }: GrantFunds): Minor | null {
  if (maxBet === null) return null;
  const share = maxBet.bonusShare === null ? null : shareOf(amount, maxBet.bonusShare);
  if (share === null || maxBet.amount === null) return share ?? maxBet.amount;
  return Math.min(share, maxBet.amount);
}

/** What a stake counts: its game's share, else its category's. Not listed it counts fully, unless categories are. */
function shareCounted({ games, categories }: FundsTerms, game: string, category: string | null): BasisPoints {
  const ofGame = games.size === 0 ? undefined : games.get(game);
  if (ofGame !== undefined) return ofGame;
  if (categories.size === 0) return BASIS_POINTS;
  return (category === null ? undefined : categories.get(category)) ?? 0;
}

/** Takes a stake from real money and bonuses in the order the oldest bonus says. */
export function takeStake(draft: Draft, stake: Minor, at: number): Funding {
  const oldest = oldestUnderWay(draft.grants, at);
  if (oldest < 0 || stake === 0) return takeReal(draft, stake, []);
  const bonusFirst = draft.grants[oldest]!.terms.fundsOrder === 'bonus_first';
  let open = bonusFirst ? stake : Math.max(0, stake - draft.real);
  if (open === 0) return takeReal(draft, stake, []);
  const parts = [];
  for (let index = oldest; index < draft.grants.length && open > 0; index++) {
    const { grantId, balance } = draft.grants[index]!;
    if (balance === 0 || !isUnderWay(draft.grants[index]!, at)) continue;
    const amount = Math.min(open, balance);
    own(draft, index).balance = balance - amount;
    parts.push({ grantId, amount });
    open -= amount;
  }
  const taken = parts.reduce((sum, { amount }) => sum + amount, 0);
  return takeReal(draft, stake - taken, parts);
}

function takeReal(draft: Draft, real: Minor, parts: Funding['parts']): Funding {
  requireReal(draft, real);
  addReal(draft, -real);
  return { real, parts };
}

export interface Counted {
  readonly countedFor: string | null;
  readonly contribution: Turnover;
  readonly breach: boolean;
}

export const NOT_COUNTED: Counted = { countedFor: null, contribution: 0, breach: false };

/** Counts a stake towards the turnover of one bonus. What is above the turnover required counts for nothing. */
export function countStake(
  draft: Draft,
  index: number,
  played: Pick<BetEvent | StakeEvent, 'id' | 'stake' | 'game' | 'category'>,
  funding: Funding,
): Counted {
  if (index < 0 || played.stake === 0) return NOT_COUNTED;
  const grant = draft.grants[index]!;
  const { grantId, terms, wagered, required } = grant;
  const limit = largestBet(grant);
  const breach = limit !== null && played.stake > limit;
  if (breach)
    draft.notices.push({ kind: 'bet_above_limit', grantId, betId: played.id, stake: played.stake, limit });
  if (breach && terms.maxBet?.onBreach !== 'flag') return { countedFor: grantId, contribution: 0, breach };
  const counted = terms.countStakes === 'all' ? played.stake : played.stake - funding.real;
  // A product past the safe integers is inexact, but above any turnover that is left.
  const contribution = Math.min(
    counted * shareCounted(terms, played.game, played.category),
    required - wagered,
  );
  if (contribution > 0) {
    own(draft, index).wagered = wagered + contribution;
    noteProgress(draft, grantId, wagered, wagered + contribution, required);
  }
  return { countedFor: grantId, contribution, breach };
}

const quarters = (wagered: Turnover, required: Turnover): number => Math.floor((wagered / required) * 4);

function noteProgress(
  draft: Draft,
  grantId: string,
  before: Turnover,
  wagered: Turnover,
  required: Turnover,
): void {
  if (wagered < required && quarters(wagered, required) > quarters(before, required))
    draft.notices.push({ kind: 'progressed', grantId, wagered, required });
}
