import { ACCOUNTS } from '../ledger/index.ts';
import type { Minor } from '../money/index.ts';
import { addReal, type Draft, indexOf, isUnderWay, move, own } from './draft.ts';
import type { GrantEnd, GrantFunds } from './types.ts';

/** The most of a bonus that becomes real money; the largest amount there is where the terms name no limit. */
export function mostConverted({
  amount,
  terms: { maxConversion },
}: Pick<GrantFunds, 'amount' | 'terms'>): Minor {
  const fixed = maxConversion?.amount ?? Number.MAX_SAFE_INTEGER;
  const times = maxConversion?.timesBonus ?? null;
  if (times === null) return fixed;
  // Rounded only where it is above any balance.
  return Math.min(fixed, Number((BigInt(amount) * BigInt(times)) / 100n));
}

/** The turnover was reached: what is left becomes real money, but for a sticky bonus itself and what is over the cap. */
export function complete(draft: Draft, index: number): void {
  const grant = own(draft, index);
  const { grantId, balance } = grant;
  const sticky = grant.terms.stickiness === 'sticky' ? Math.min(balance, grant.amount) : 0;
  const converted = Math.min(balance - sticky, mostConverted(grant));
  const account = ACCOUNTS.playerBonus(grantId);
  grant.state = 'completed';
  grant.balance = 0;
  grant.converted = converted;
  addReal(draft, converted);
  move(draft, 'converted', account, ACCOUNTS.playerReal, converted, grantId);
  move(draft, 'sticky_removed', account, ACCOUNTS.breakage, sticky, grantId);
  move(draft, 'capped', account, ACCOUNTS.breakage, balance - sticky - converted, grantId);
  draft.notices.push({ kind: 'completed', grantId, converted, removed: balance - converted });
}

/** Any other end: what is left goes to breakage. */
export function end(
  draft: Draft,
  index: number,
  as: Exclude<GrantEnd, 'completed'>,
  at: number,
  forfeitedBy: string | null = null,
): void {
  const grant = own(draft, index);
  const { grantId, balance } = grant;
  grant.state = as;
  grant.balance = 0;
  grant.remainder = balance;
  grant.forfeitedBy = forfeitedBy;
  move(draft, 'breakage', ACCOUNTS.playerBonus(grantId), ACCOUNTS.breakage, balance, grantId);
  draft.notices.push({ kind: 'ended', grantId, as, remainder: balance, at });
}

/** Ends a bonus that is active. One that a withdrawal forfeited stays so, even if that is cancelled later. */
export function endGrant(
  draft: Draft,
  grantId: string,
  as: Exclude<GrantEnd, 'completed' | 'lost'>,
  at: number,
): void {
  const index = indexOf(draft, grantId);
  const { state } = draft.grants[index]!;
  if (state === 'active') end(draft, index, as, at);
  if (state === 'forfeited') own(draft, index).forfeitedBy = null;
}

/** Gives an active bonus another end, or none. */
export function extend(draft: Draft, grantId: string, expiresAt: number | null): void {
  const index = indexOf(draft, grantId);
  if (draft.grants[index]!.state === 'active') own(draft, index).expiresAt = expiresAt;
}

/** Back to active with what it held, unless there is nothing to give back or its time is over. */
export function reinstate(draft: Draft, index: number, at: number): void {
  const { state, remainder, expiresAt, grantId } = draft.grants[index]!;
  if (state !== 'lost' && state !== 'forfeited') return;
  if (remainder === 0 && !isInPlay(draft, grantId)) return;
  if (expiresAt !== null && expiresAt <= at) return;
  const grant = own(draft, index);
  grant.state = 'active';
  grant.balance = remainder;
  grant.remainder = 0;
  grant.forfeitedBy = null;
  move(draft, 'reinstated', ACCOUNTS.breakage, ACCOUNTS.playerBonus(grantId), remainder, grantId);
  draft.notices.push({ kind: 'reinstated', grantId, balance: remainder });
}

/**
 * Whether a bonus is complete, or lost because what is left is not worth playing on. Asked after a whole bet, so never
 * while a round with its money in play has no result.
 */
export function judge(draft: Draft, index: number, at: number): void {
  const grant = draft.grants[index]!;
  if (!isUnderWay(grant, at) || isInPlay(draft, grant.grantId)) return;
  if (grant.wagered >= grant.required) complete(draft, index);
  else if (grant.balance <= grant.terms.dustThreshold) end(draft, index, 'lost', at);
}

const isInPlay = ({ rounds }: Draft, grantId: string): boolean =>
  rounds.length > 0 && rounds.some(({ parts }) => parts.some((part) => part.grantId === grantId));
