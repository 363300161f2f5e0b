import { type BasisPoints, type Minor, requireMinor, shareOf } from '../money/index.ts';

type Amounts = Readonly<Record<string, Minor>>;

/** What a reward of the kind cashback says about amounts. */
export interface CashbackTerms {
  readonly rateBps: BasisPoints;
  /** The smallest loss that anything is paid for; it is itself paid for. */
  readonly minLoss?: Amounts | undefined;
  /** The most that is paid for a period. */
  readonly cap: Amounts;
}

/** What a player won and lost of real money. Minor units; below zero where what was told late takes something back. */
export interface GameSums {
  readonly stakes: Minor;
  readonly wins: Minor;
}

/** What went in and out of a player's real balance, and where it stood. Minor units. */
export interface CashFlowSums {
  readonly startBalance: Minor;
  readonly deposits: Minor;
  readonly withdrawals: Minor;
  readonly endBalance: Minor;
}

/** Below zero when the player won. */
export const gameNetLoss = ({ stakes, wins }: GameSums): Minor => requireMinor(stakes - wins);

/** What a player brought and no longer has. Below zero when the player has more than that. */
export const cashFlowLoss = (sums: CashFlowSums): Minor =>
  requireMinor(sums.startBalance + sums.deposits - sums.withdrawals - sums.endBalance);

/** Why nothing is paid for a period. */
export type NothingPaid = 'no_loss' | 'below_minimum' | 'too_small';

export interface CashbackDue {
  /** Minor units; 0 with a reason. */
  readonly amount: Minor;
  readonly reason: NothingPaid | null;
}

const nothing = (reason: NothingPaid): CashbackDue => ({ amount: 0, reason });

/** The share of a loss that is paid back: rounded down, at most the cap (vectors V14, V14e). */
export function cashbackDue(
  { rateBps, minLoss, cap }: CashbackTerms,
  currency: string,
  loss: Minor,
): CashbackDue {
  if (loss <= 0) return nothing('no_loss');
  if (loss < (minLoss?.[currency] ?? 0)) return nothing('below_minimum');
  const amount = Math.min(shareOf(loss, rateBps), cap[currency] ?? 0);
  return amount === 0 ? nothing('too_small') : { amount, reason: null };
}
