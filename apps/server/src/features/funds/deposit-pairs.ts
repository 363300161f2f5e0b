import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import { type Entry, type EntryName, findEntries } from './store/entries.ts';

const COUNTERPART = { deposit: 'deposit_reversed', deposit_reversed: 'deposit' } as const;

/** Names a deposit or its reversal. */
export interface DepositName {
  readonly playerId: string;
  /** The deposit's id. */
  readonly reference: string;
  readonly kind: keyof typeof COUNTERPART;
}

/** Whether it tells of a deposit, or of the reversal of one. */
export const isOfDeposit = (entry: Entry): entry is Entry & DepositName =>
  Object.hasOwn(COUNTERPART, entry.kind);

/** What names the reversal of a deposit, or the deposit of a reversal. */
export const nameOfCounterpart = ({ playerId, reference, kind }: DepositName): EntryName => [
  playerId,
  reference,
  COUNTERPART[kind],
];

/**
 * A deposit beside its reversal, or a reversal beside its deposit, whichever was told first: they are of the same money,
 * and the one that came first is believed. A deposit is reversed as a whole, for it either earned its bonus or did not;
 * money given back in part is a withdrawal.
 *
 * No deposit is undone before it is made, whatever the clocks of two systems say: the reversal is taken at the instant of
 * its deposit, or the deposit, when it is told second, at that of its reversal. Apart, the one would be folded where the
 * money of the other is not there yet.
 * @param known entries, its counterpart among them if that was told.
 * @returns the entry, at the instant it counts from.
 */
export function besideCounterpart(entry: Entry, known: readonly Entry[]): Result<Entry> {
  if (!isOfDeposit(entry)) return ok(entry);
  const [playerId, reference, kind] = nameOfCounterpart(entry);
  const other = known.find(
    (one) => one.playerId === playerId && one.reference === reference && one.kind === kind,
  );
  if (!other) return ok(entry);
  const isDeposit = entry.kind === 'deposit';
  const name = isDeposit ? 'Its reversal' : 'Its deposit';
  if (other.currency !== entry.currency)
    return refuse('wrong_currency', `${name} was told in ${other.currency}.`, [
      { field: 'data.currency', reason: 'mismatch', fix: other.currency },
    ]);
  if (other.amount !== entry.amount)
    return refuse('wrong_amount', `${name} was told of ${other.amount} minor units.`, [
      { field: 'data.amount', reason: 'mismatch', fix: `${other.amount}` },
    ]);
  const at = isDeposit ? Math.min(entry.at, other.at) : Math.max(entry.at, other.at);
  return ok({ ...entry, at });
}

/** Of deposits and reversals, in the order given, whether the other of the two was told of already. */
export async function counterpartTold(
  connection: Queryable,
  told: readonly DepositName[],
): Promise<boolean[]> {
  const names = told.map(nameOfCounterpart);
  const found = await findEntries(connection, names);
  const keys = new Set(found.map(({ playerId, reference, kind }) => `${playerId} ${kind} ${reference}`));
  return names.map(([playerId, reference, kind]) => keys.has(`${playerId} ${kind} ${reference}`));
}
