import type { Millis } from '@promosmith/core/activation';
import { compareEvents, type FundsEvent, isWinAlone, type Place, type Rounds } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { knowEnded } from './ended.ts';
import { foldAgain, takeOver } from './folding/fold-again.ts';
import { goOn, isInOrder, startOf } from './folding/fold-on.ts';
import { run } from './folding/run.ts';
import type { Wallet } from './folding/wallet.ts';
import { findGround, loadHistories, roundsBefore } from './history.ts';
import { behind, type Late, sortOutLate, withoutRefused } from './late.ts';
import { eventOf, type StoredBet } from './store/bets.ts';

/** What happened to a wallet, as told at one time. */
export interface Work {
  readonly wallet: Wallet;
  readonly events: readonly FundsEvent[];
  /** Bets that never were: their rounds were rolled back. */
  readonly removed: readonly StoredBet[];
  /** Up to when bonuses expire by it. */
  readonly until?: Millis | undefined;
}

/** What did not go into the wallet as it was told. */
export interface Left {
  /** Events whose amounts would be past what is exact: they have no effect. */
  readonly refused: ReadonlySet<FundsEvent>;
  /** Whether an amount would be past what is exact without the bets to be taken back: nothing was done to the wallet. */
  readonly keepsRemoved: boolean;
  /** Events from before a bonus ended for good. */
  readonly late: Late;
}

const NONE_REFUSED: ReadonlySet<FundsEvent> = new Set();

/** Everything went in as it was told. */
export const NOTHING_LEFT: Left = {
  refused: NONE_REFUSED,
  keepsRemoved: false,
  late: { bets: [], retimed: new Map(), corrections: [], removed: [] },
};

/**
 * Folds what happened into wallets: on from where they stand when it is in order, again from a checkpoint when it is
 * late or takes something back. Only folding again reads more than the wallets themselves.
 * @param now of the database.
 * @returns what was left, in the order given.
 */
export async function applyAll(connection: Queryable, works: readonly Work[], now: Millis): Promise<Left[]> {
  const left: Left[] = works.map(() => NOTHING_LEFT);
  const alone: number[] = [];
  const again: number[] = [];
  for (const [index, work] of works.entries()) {
    const events = inOrder(work);
    if (work.removed.length > 0 || !isInOrder(work.wallet.last, events[0])) again.push(index);
    else if (events.some(isWinAlone)) alone.push(index);
    else left[index] = { ...NOTHING_LEFT, refused: forward(work, events) };
  }
  if (alone.length > 0) await forwardWithRounds(connection, works, alone, left);
  if (again.length > 0) await backAndForward(connection, works, again, left, now);
  return left;
}

/** With the bonuses that began meanwhile. */
function inOrder({ wallet, events }: Work): readonly FundsEvent[] {
  if (wallet.starts.length === 0 && events.length < 2) return events;
  return [...wallet.starts.map(startOf), ...events].sort(compareEvents);
}

/** @returns the events that were refused. */
function forward(
  { wallet, until }: Work,
  events: readonly FundsEvent[],
  rounds?: Rounds,
): ReadonlySet<FundsEvent> {
  const folded = exactly(events, (fit) => run(wallet, fit, rounds && new Map(rounds), until));
  goOn(wallet, folded.result);
  return folded.refused;
}

async function forwardWithRounds(
  connection: Queryable,
  works: readonly Work[],
  indices: readonly number[],
  left: Left[],
): Promise<void> {
  const asked = indices.flatMap((index) => {
    const work = works[index];
    return work ? [{ index, work, wallet: work.wallet, events: inOrder(work), from: undefined }] : [];
  });
  const rounds = await roundsBefore(connection, asked);
  await knowEnded(
    connection,
    asked.map(({ wallet }, nth) => ({ wallet, rounds: rounds[nth] ?? new Map() })),
  );
  for (const [nth, { index, work, events }] of asked.entries())
    left[index] = { ...NOTHING_LEFT, refused: forward(work, events, rounds[nth]) };
}

async function backAndForward(
  connection: Queryable,
  works: readonly Work[],
  indices: readonly number[],
  left: Left[],
  now: Millis,
): Promise<void> {
  const reaching = indices.flatMap((index) => {
    const work = works[index];
    return work ? [{ index, work, events: inOrder(work) }] : [];
  });
  const grounds = await findGround(
    connection,
    reaching.map(({ work, events }) => ({ wallet: work.wallet, to: earliest(work, events) })),
  );
  const wanted = reaching.flatMap(({ index, work, events }, nth) => {
    const ground = grounds[nth];
    if (!ground) return [];
    const late = sortOutLate(work.wallet, ground.barrier, events, work.removed, now);
    const removed = work.removed.filter((bet) => !late.removed.includes(bet) && bet.isBooked);
    const fitting = events.flatMap(
      (event) => late.retimed.get(event) ?? (behind(ground.barrier, event) ? [event] : []),
    );
    const all = [...fitting, ...late.corrections].sort(compareEvents);
    return [{ index, work, wallet: work.wallet, from: ground.from, late: all, told: late, removed }];
  });
  const histories = await loadHistories(connection, wanted);
  for (const [nth, { index, work, wallet, from, late, told, removed }] of wanted.entries()) {
    const history = histories[nth];
    if (!history) continue;
    const ids = new Set(removed.map(({ bet }) => bet.betId));
    const folded = tryExactly(work, late, (fit) => foldAgain(wallet, history, fit, ids));
    if (!folded) {
      left[index] = { ...NOTHING_LEFT, keepsRemoved: true };
      continue;
    }
    takeOver(wallet, from?.place ?? null, history.grants, folded.result);
    if (work.until !== undefined) goOn(wallet, run(wallet, [], undefined, work.until));
    left[index] = { keepsRemoved: false, ...withoutRefused(told, folded.refused) };
  }
}

function earliest({ removed }: Work, events: readonly FundsEvent[]): Place {
  const places = [...events, ...removed.map(({ bet }) => eventOf(bet))];
  const first = places.reduce((a, b) => (compareEvents(a, b) <= 0 ? a : b));
  return first;
}

interface Folded<T> {
  readonly result: T;
  readonly refused: ReadonlySet<FundsEvent>;
}

/** @returns undefined when bets are to be taken back and an amount would be past what is exact: then all of them stay. */
function tryExactly<T>(
  { removed }: Work,
  events: readonly FundsEvent[],
  folding: (events: readonly FundsEvent[]) => T,
): Folded<T> | undefined {
  try {
    const folded = exactly(events, folding);
    return removed.length > 0 && folded.refused.size > 0 ? undefined : folded;
  } catch (error) {
    if (error instanceof RangeError && removed.length > 0) return undefined;
    throw error;
  }
}

/** What folding comes to without the events that no exact amount is left for. */
function exactly<T>(events: readonly FundsEvent[], folding: (events: readonly FundsEvent[]) => T): Folded<T> {
  try {
    return { result: folding(events), refused: NONE_REFUSED };
  } catch (error) {
    if (!(error instanceof RangeError) || events.length === 0) throw error;
  }
  const fit: FundsEvent[] = [];
  const refused = new Set<FundsEvent>();
  for (const event of events)
    try {
      folding([...fit, event]);
      fit.push(event);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      refused.add(event);
    }
  return { result: folding(fit), refused };
}
