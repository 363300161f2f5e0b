import type { FreeSpinsState } from '../lifecycle/index.ts';
import type { Minor } from '../money/index.ts';
import { ok, type Result, refuse } from '../result.ts';

/** Free spins issued to one player as one order at a provider of games. */
export interface SpinsPackage {
  readonly state: FreeSpinsState;
  /** Spins ordered. */
  readonly count: number;
  /** Rounds the provider has told of. */
  readonly played: number;
  /** What they won together, minor units. */
  readonly won: Minor;
  /** Most of it that is paid, minor units; null for no limit. */
  readonly winCap: Minor | null;
  /** The largest amount whose turnover can be counted exactly, minor units. */
  readonly largestWin: Minor;
}

/** How spins can be over. */
export type SpinsEnd = 'finished' | 'cancelled' | 'expired';

/** The provider's last word about an order: how it ended, what was won, and how many rounds it took if it says so. */
export interface SpinsReport {
  readonly as: SpinsEnd;
  /** Minor units, all rounds together. */
  readonly won: Minor;
  readonly played?: number | undefined;
}

/** Whether no more rounds are to come, so that the winnings can be paid. */
export const isOver = ({ state }: Pick<SpinsPackage, 'state'>): boolean =>
  state === 'finished' || state === 'cancelled' || state === 'expired';

/** What is paid for the winnings: all of them, or as much as the cap leaves, minor units. */
export const winningsOf = ({ won, winCap }: SpinsPackage): Minor =>
  winCap === null ? won : Math.min(won, winCap);

/**
 * One round was played. The last one finishes the package. A round that is told after a cancellation or the expiry was
 * played before, so it counts. Refusals: `free_spins_over`, `free_spins_exceeded`, `amount_too_large`.
 */
export function playRound(spins: SpinsPackage, win: Minor): Result<SpinsPackage> {
  if (spins.state === 'finished') return OVER;
  if (spins.played >= spins.count)
    return refuse('free_spins_exceeded', `All ${spins.count} spins of this package have been played.`);
  const played = spins.played + 1;
  return counted(spins, {
    won: spins.won + win,
    played,
    state: played === spins.count ? 'finished' : isOver(spins) ? spins.state : 'playing',
  });
}

/**
 * The provider's last word. It decides: a package that was to be cancelled and was played meanwhile has finished.
 * Refusals: `free_spins_over`, `free_spins_exceeded`, `free_spins_contradicted` when it tells of less than the rounds
 * before it did, `amount_too_large`.
 */
export function endSpins(spins: SpinsPackage, report: SpinsReport): Result<SpinsPackage> {
  const { won, played = playedBy(spins, report) } = report;
  if (spins.state === 'finished') return OVER;
  if (played > spins.count)
    return refuse('free_spins_exceeded', `The package has ${spins.count} spins, not ${played}.`);
  if (won < spins.won || played < spins.played)
    return refuse(
      'free_spins_contradicted',
      `${spins.played} rounds that won ${spins.won} have been told of already.`,
    );
  return counted(spins, {
    won,
    played,
    state: isOver(spins) && report.as !== 'finished' ? spins.state : report.as,
  });
}

/**
 * How many rounds they were where the provider gives no number: all of them, since it says that they were played out. What
 * was cancelled or had expired, or ends as that, was played as far as was told.
 */
const playedBy = (spins: SpinsPackage, { as }: SpinsReport): number =>
  as === 'finished' && !isOver(spins) ? spins.count : spins.played;

function counted(
  spins: SpinsPackage,
  change: Pick<SpinsPackage, 'state' | 'played' | 'won'>,
): Result<SpinsPackage> {
  const after = { ...spins, ...change };
  if (!Number.isSafeInteger(after.won) || winningsOf(after) > spins.largestWin)
    return refuse('amount_too_large', 'The winnings are too large to be exact.');
  return ok(after);
}

const OVER = refuse('free_spins_over', 'These spins are over: their last word has been said.');
