import { isDeepStrictEqual } from 'node:util';
import {
  type BetSplit,
  compareEvents,
  corrections,
  type Funds,
  type FundsEvent,
  type Line,
  linesOfBet,
  type Notice,
  type Place,
  type Rounds,
  toCheckpoint,
} from '@promosmith/core/funds';
import { standAt } from './fold-on.ts';
import { type Run, run } from './run.ts';
import { findKnown, joined, type KnownGrant, type Wallet } from './wallet.ts';

/** What the tables hold of a wallet from a place on. */
export interface History {
  /** Where to fold again from; null for the very beginning. */
  readonly from: Place | null;
  readonly funds: Funds;
  /** What happened behind it and is folded in. */
  readonly events: readonly FundsEvent[];
  /** How stakes before it were paid for, as `run` asks. */
  readonly rounds: Rounds;
  /** Every bonus that was ever in the wallet, as its row has it. */
  readonly grants: readonly KnownGrant[];
}

/** A wallet folded twice from the same place: as it was, and as it is now. */
export interface Refolded {
  readonly before: Run;
  readonly after: Run;
  /** Ids of the bets that are lines of the books already. */
  readonly stored: ReadonlySet<string>;
}

/**
 * Folds a wallet again from a place in the past: without what came late, which must come to what the wallet is, and with
 * it, and without bets that never were.
 * @param removed ids of those bets.
 */
export function foldAgain(
  wallet: Wallet,
  { from, funds, events, rounds }: History,
  late: readonly FundsEvent[],
  removed: ReadonlySet<string>,
): Refolded {
  const start = { funds, last: from, checkpointAt: from?.at ?? null };
  const kept = events.filter((event) => !isPlay(event) || !removed.has(event.id));
  // Each run adds its own stakes to the rounds.
  const before = run(start, events, new Map(rounds), wallet.last?.at);
  requireSame(wallet, before.funds);
  const after = run(start, [...kept, ...late].sort(compareEvents), new Map(rounds), wallet.last?.at);
  return { before, after, stored: new Set(events.filter(isPlay).map(({ id }) => id)) };
}

/**
 * Takes over what folding again came to, and books the difference: what was booked stays as it is.
 * @param grants every bonus that was in the wallet when it was last written.
 */
export function takeOver(
  wallet: Wallet,
  from: Place | null,
  grants: readonly KnownGrant[],
  { before, after, stored }: Refolded,
): void {
  wallet.lines = joined(wallet.lines, corrections(linesOf(before, stored), linesOf(after, stored)));
  wallet.splits = new Map([...after.splits].filter(([id]) => !stored.has(id)));
  wallet.dividedAgain = new Map(
    [...after.splits].filter(
      ([id, split]) => stored.has(id) && !isDeepStrictEqual(split, before.splits.get(id)),
    ),
  );
  wallet.known = joined(
    wallet.known,
    grants.filter(({ grant }) => !findKnown(wallet, grant.grantId)),
  );
  wallet.told = joined(wallet.told, newlyTold(before, after));
  wallet.traced = after.told;
  wallet.rewoundTo = from?.at ?? null;
  wallet.checkpoints = joined(wallet.checkpoints, after.checkpoints);
  standAt(wallet, after);
}

const isPlay = ({ kind }: FundsEvent): boolean => kind === 'bet' || kind === 'stake' || kind === 'win';

/** Every movement of a run; those of bets that are not stored yet are their own rows. */
const linesOf = ({ lines, splits }: Run, stored: ReadonlySet<string>): Line[] => [
  ...lines,
  ...[...splits].flatMap(([id, split]: [string, BetSplit]) => (stored.has(id) ? linesOfBet(split) : [])),
];

/** What is told of by the second run and was not by the first. */
function newlyTold(before: Run, after: Run): Run['told'] {
  const told = new Set(before.told.map(({ notice }) => gistOf(notice)));
  return after.told.filter(({ notice }) => !told.has(gistOf(notice)));
}

/** What a notice is about, whatever the amounts. */
function gistOf(notice: Notice): string {
  const grantId = 'grantId' in notice ? notice.grantId : '';
  if (notice.kind === 'progressed')
    return `${notice.kind} ${grantId} ${Math.floor((4 * notice.wagered) / notice.required)}`;
  if (notice.kind === 'bet_above_limit') return `${notice.kind} ${grantId} ${notice.betId}`;
  return `${notice.kind} ${grantId} ${notice.kind === 'ended' ? notice.as : ''}`;
}

/** Folding the same events again must come to what is stored, or the difference would be booked on something else. */
function requireSame(wallet: Wallet, again: Funds): void {
  const active = ({ real, grants, rounds, withdrawals }: Funds) =>
    toCheckpoint({ real, grants: grants.filter(({ state }) => state === 'active'), rounds, withdrawals });
  if (isDeepStrictEqual(active(wallet.funds), active(again))) return;
  throw new Error(`the ${wallet.currency} wallet of player ${wallet.playerId} is not what its history says`);
}
