import { ACCOUNTS } from '../ledger/index.ts';
import { type Minor, requireNonNegative } from '../money/minor.ts';
import { addReal, type Draft, isUnderWay, move, own, requireReal } from './draft.ts';
import { end, reinstate } from './lifecycle.ts';
import type { LineKind } from './types.ts';

/** Real money to the player. */
export function receive(
  draft: Draft,
  kind: LineKind,
  from: string,
  amount: Minor,
  grantId: string | null = null,
): void {
  addReal(draft, requireNonNegative(amount));
  move(draft, kind, from, ACCOUNTS.playerReal, amount, grantId);
}

/** Puts real money right: above 0 the house pays, below 0 the player. */
export function correct(draft: Draft, amount: Minor): void {
  if (amount >= 0) receive(draft, 'win_corrected', ACCOUNTS.gaming, amount);
  else pay(draft, 'stake_corrected', ACCOUNTS.gaming, -amount);
}

/** Real money from the player. */
function pay(draft: Draft, kind: LineKind, to: string, amount: Minor): void {
  requireReal(draft, requireNonNegative(amount));
  addReal(draft, -amount);
  move(draft, kind, ACCOUNTS.playerReal, to, amount);
}

/** The money leaves when it is asked for, and so do bonuses that a withdrawal forfeits, the oldest first. */
export function requestWithdrawal(draft: Draft, withdrawalId: string, amount: Minor, at: number): void {
  takeOut(draft, withdrawalId, amount, at);
  draft.withdrawals = [...draft.withdrawals, { withdrawalId, amount }];
}

/** What was asked for has left already. What was paid above that leaves now, what was not comes back. */
export function payWithdrawal(draft: Draft, withdrawalId: string, amount: Minor, at: number): void {
  const requested = draft.withdrawals.find((open) => open.withdrawalId === withdrawalId);
  if (!requested) takeOut(draft, withdrawalId, amount, at);
  draft.withdrawals = draft.withdrawals.filter((open) => open !== requested);
  const more = requested ? amount - requested.amount : 0;
  if (more > 0) pay(draft, 'withdrawal', ACCOUNTS.cash, more);
  else receive(draft, 'withdrawal_cancelled', ACCOUNTS.cash, -more);
}

/** Gives back the money and the bonuses it forfeited. One that is not open changes nothing. */
export function cancelWithdrawal(draft: Draft, withdrawalId: string, at: number): void {
  const requested = draft.withdrawals.find((open) => open.withdrawalId === withdrawalId);
  if (!requested) return;
  draft.withdrawals = draft.withdrawals.filter((open) => open !== requested);
  receive(draft, 'withdrawal_cancelled', ACCOUNTS.cash, requested.amount);
  draft.grants.forEach(({ forfeitedBy }, index) => {
    if (forfeitedBy === withdrawalId) reinstate(draft, index, at);
  });
}

function takeOut(draft: Draft, withdrawalId: string, amount: Minor, at: number): void {
  pay(draft, 'withdrawal', ACCOUNTS.cash, amount);
  draft.grants.forEach((grant, index) => {
    if (!isUnderWay(grant, at)) return;
    const { onWithdrawal } = grant.terms;
    if (onWithdrawal === 'forfeit') end(draft, index, 'forfeited', at, withdrawalId);
    if (onWithdrawal === 'block')
      draft.notices.push({ kind: 'withdrawn_against_terms', grantId: grant.grantId });
  });
}

/** The deposit never was: its money goes, and so does what is left of the bonus granted for it. */
export function reverseDeposit(draft: Draft, depositId: string, amount: Minor, at: number): void {
  pay(draft, 'deposit_reversed', ACCOUNTS.cash, amount);
  draft.grants.forEach((grant, index) => {
    if (grant.depositId !== depositId) return;
    if (grant.state === 'active') takeBack(draft, index, at);
    // A withdrawal cancelled later must not bring it back.
    if (grant.state === 'forfeited') own(draft, index).forfeitedBy = null;
  });
}

function takeBack(draft: Draft, index: number, at: number): void {
  const grant = own(draft, index);
  const { grantId, balance } = grant;
  grant.state = 'cancelled';
  grant.balance = 0;
  grant.remainder = balance;
  move(draft, 'bonus_reversed', ACCOUNTS.playerBonus(grantId), ACCOUNTS.bonusExpense, balance, grantId);
  draft.notices.push({ kind: 'ended', grantId, as: 'cancelled', remainder: balance, at });
}
