import { ok, refuse } from '@promosmith/core';
import type { Millis } from '@promosmith/core/activation';
import type { FundsEvent } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { afterOf, sumOf } from './after.ts';
import type { ChangeResult, FundsAfter, FundsChange } from './change.ts';
import { besideCounterpart, isOfDeposit, nameOfCounterpart } from './deposit-pairs.ts';
import { toEvent } from './entry-events.ts';
import { beganBefore, isInOrder } from './folding/fold-on.ts';
import { nameOf, type Wallet } from './folding/wallet.ts';
import { completed, isSameBet, isSameEntry, type Written, writtenAs } from './requests.ts';
import { takenBackBy, voidedAmong } from './rollbacks.ts';
import { eventOf, findBets, type StoredBet } from './store/bets.ts';
import { type Entry, type EntryName, findEntries } from './store/entries.ts';

/** A change on its way through. */
export interface Item {
  readonly index: number;
  readonly change: FundsChange;
  readonly wallet: Wallet;
  readonly written: Written;
  readonly event: FundsEvent | null;
  /** Bets of the round that a rollback takes back. */
  readonly removed: readonly StoredBet[];
  /** A bet of a round that was rolled back before it came. */
  readonly isVoid: boolean;
}

/** A change, and which of those that were asked for it is. */
export type Indexed = readonly [index: number, change: FundsChange];

/** The changes that were not made before; the others are answered at once. */
export async function itemsOf(
  tx: Queryable,
  pass: readonly Indexed[],
  wallets: ReadonlyMap<string, Wallet>,
  now: Millis,
  results: ChangeResult[],
): Promise<Item[]> {
  const all = pass.flatMap(([index, change]) => {
    const wallet = wallets.get(nameOf(change));
    if (!wallet) throw new Error(`there is no wallet for the change ${change.reference}`);
    return [{ index, change, wallet, written: completed(writtenBehind(change, wallet, now), wallet) }];
  });
  const bets = await findBets(
    tx,
    all.flatMap(({ written: { bet } }) => (bet ? [[bet.playerId, bet.betId] as const] : [])),
  );
  const entries = await findEntries(
    tx,
    all.flatMap(({ written: { entry } }) => (entry ? namesToFind(entry) : [])),
  );
  const removed = await takenBackBy(
    tx,
    all.map(({ change }) => change),
  );
  const isVoided = await voidedAmong(
    tx,
    all.flatMap(({ written: { bet }, wallet }) => (bet && wallet.hasVoids ? [bet] : [])),
  );
  return all.flatMap(({ index, change, wallet, written }): Item[] => {
    const known = knownAs(written, bets, entries);
    if (known) {
      results[index] = known.isSame
        ? ok({ ...afterOf(wallet.funds), ...NOTHING_DONE, split: known.split })
        : conflict;
      return [];
    }
    const item = { index, change, wallet, removed: removed.get(change) ?? [] };
    if (written.bet) {
      const isVoid = isVoided(written.bet);
      return [{ ...item, written, event: isVoid ? null : eventOf(written.bet), isVoid }];
    }
    const fitting = besideCounterpart(written.entry, entries);
    if (!fitting.ok) {
      results[index] = fitting;
      return [];
    }
    return [{ ...item, written: { entry: fitting.value }, event: toEvent(fitting.value), isVoid: false }];
  });
}

const namesToFind = (entry: Entry): EntryName[] => [
  [entry.playerId, entry.reference, entry.kind],
  ...(isOfDeposit(entry) ? [nameOfCounterpart(entry)] : []),
];

/**
 * A change that nobody told the instant of comes last, whatever was folded while it waited for the wallet: only what
 * comes last can be refused. The start of a bonus may come too late to be folded where it belongs: then that is put
 * right behind the last event, and the change not before it.
 */
function writtenBehind(change: FundsChange, wallet: Wallet, now: Millis): Written {
  if (change.at !== undefined) return writtenAs(change, change.at);
  const { last } = wallet;
  const at = Math.max(now, last?.at ?? now);
  const written = writtenAs(change, at);
  const event = written.bet ? eventOf(written.bet) : toEvent(written.entry);
  const isLast = isInOrder(last, event ?? undefined) && !beganBefore(wallet);
  return isLast ? written : writtenAs(change, at + 1);
}

const NOTHING_DONE = { replayed: true, adjustmentId: null, events: [] } as const;

const conflict = refuse('conflict', 'This reference was used for a different change of the same player.');

function knownAs(
  { bet, entry }: Written,
  bets: readonly StoredBet[],
  entries: readonly Entry[],
): { isSame: boolean; split: FundsAfter['split'] } | undefined {
  if (bet) {
    const known = bets.find(
      (stored) => stored.bet.playerId === bet.playerId && stored.bet.betId === bet.betId,
    );
    return known && { isSame: isSameBet(known.bet, bet), split: sumOf(known.split) };
  }
  const known = entries.find(
    ({ playerId, reference, kind }) =>
      playerId === entry.playerId && reference === entry.reference && kind === entry.kind,
  );
  return known && { isSame: isSameEntry(known, entry), split: { real: known.amount, bonus: 0 } };
}
