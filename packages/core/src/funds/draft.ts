import { ACCOUNTS } from '../ledger/index.ts';
import { type Minor, requireMinor } from '../money/index.ts';
import type { Funds, GrantFunds, Line, LineKind, Notice } from './types.ts';

export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Funds while one event is folded into them. What is shared with the state before is copied before it is written. */
export interface Draft extends Writable<Funds> {
  readonly before: Funds;
  readonly grants: GrantFunds[];
  readonly lines: Line[];
  readonly notices: Notice[];
}

export const draftOf = (funds: Funds): Draft => ({
  before: funds,
  real: funds.real,
  grants: funds.grants.slice(),
  rounds: funds.rounds,
  withdrawals: funds.withdrawals,
  lines: [],
  notices: [],
});

/** The grant at an index, to be written. */
export function own(draft: Draft, index: number): Writable<GrantFunds> {
  const grant = draft.grants[index]!;
  if (grant !== draft.before.grants[index]) return grant;
  const copy = { ...grant };
  draft.grants[index] = copy;
  return copy;
}

/**
 * Where a grant is.
 *
 * @throws Error when it is not among the funds: whoever folds has to know every bonus that the events touch.
 */
export function indexOf(draft: Draft, grantId: string): number {
  const index = draft.grants.findIndex((grant) => grant.grantId === grantId);
  if (index < 0) throw new Error(`bonus ${grantId} is not among the funds`);
  return index;
}

/** A grant that has begun and not ended. */
export const isUnderWay = (grant: GrantFunds, at: number): boolean =>
  grant.state === 'active' && grant.startedAt <= at;

/** Notes a movement, of nothing as well: that is none. */
export function move(
  draft: Draft,
  kind: LineKind,
  debit: string,
  credit: string,
  amount: Minor,
  grantId: string | null = null,
): void {
  if (amount > 0) draft.lines.push({ kind, debit, credit, amount, grantId });
}

/** Real money, never below zero nor past what is exact. */
export function addReal(draft: Draft, amount: Minor): void {
  draft.real = requireMinor(draft.real + amount);
}

/** Makes sure that so much real money is known of: the platform let it be spent, so it was there. */
export function requireReal(draft: Draft, amount: Minor): void {
  if (amount <= draft.real) return;
  const missing = amount - draft.real;
  addReal(draft, missing);
  move(draft, 'balance_adjusted', ACCOUNTS.cash, ACCOUNTS.playerReal, missing);
  draft.notices.push({ kind: 'unknown_money', amount: missing });
}
