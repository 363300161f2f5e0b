import type { BetSplit, Line } from './types.ts';

/** The movements of a bet: its stake and its win, real and by bonus. */
export function linesOfBet(_bet: BetSplit): Line[] {
  return [];
}

/**
 * What to book so that books holding `booked` come to hold `folded`: nothing is changed, differences are added.
 * Differences of stakes and wins are booked as `stake_corrected` and `win_corrected`, which later calls count as stakes
 * and wins again; any other keeps its kind, its accounts swapped when it takes back.
 */
export function corrections(_booked: readonly Line[], _folded: readonly Line[]): Line[] {
  return [];
}
