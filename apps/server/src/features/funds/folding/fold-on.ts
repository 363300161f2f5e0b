import type { Millis } from '@promosmith/core/activation';
import {
  compareEvents,
  type Funds,
  type FundsEvent,
  type GrantFunds,
  type Notice,
  type Place,
} from '@promosmith/core/funds';
import { type Run, run } from './run.ts';
import { joined, type Wallet } from './wallet.ts';

/** The start of a bonus as an event. */
export const startOf = (grant: GrantFunds): FundsEvent => ({
  kind: 'grant_started',
  at: grant.startedAt,
  id: grant.grantId,
  grant,
});

/** Whether an event comes behind what is folded already. */
export const isInOrder = (last: Place | null, first: Place | undefined): boolean =>
  last === null || first === undefined || compareEvents(last, first) < 0;

/** Whether a bonus that is not folded in yet began before the last event: its start comes late. */
export const beganBefore = ({ last, starts }: Pick<Wallet, 'last' | 'starts'>): boolean =>
  starts.some((grant) => !isInOrder(last, startOf(grant)));

/**
 * The funds at an instant not before the last event, with the bonuses that have begun by then, and nothing changed. One
 * that began before the last event is as it was issued: what was played under it since only folding again can say.
 */
export function fundsAt(wallet: Wallet, at: Millis): Funds {
  const begun = wallet.starts.map(startOf).filter((start) => start.at <= at);
  return run(wallet, begun, undefined, at).funds;
}

/** Takes over a run that went on from where the wallet stood. */
export function goOn(wallet: Wallet, folded: Run): void {
  wallet.lines = joined(wallet.lines, folded.lines);
  wallet.splits = wallet.splits.size === 0 ? folded.splits : new Map([...wallet.splits, ...folded.splits]);
  wallet.checkpoints = joined(wallet.checkpoints, folded.checkpoints);
  wallet.told = joined(wallet.told, folded.told);
  wallet.traced = joined(wallet.traced, folded.told);
  standAt(wallet, folded);
}

/** The wallet stands where a run ended. */
export function standAt(wallet: Wallet, { funds, last, checkpointAt }: Run): void {
  wallet.funds = funds;
  wallet.last = last;
  wallet.checkpointAt = checkpointAt;
  wallet.isChanged = true;
}

/** When a bonus ended that did so by what was folded. */
export function endOf({ traced }: Wallet, grantId: string): Millis | null {
  const last = traced.findLast(({ notice }) => isEnd(notice) && notice.grantId === grantId);
  if (!last) return null;
  return last.notice.kind === 'ended' ? last.notice.at : last.at;
}

const isEnd = (notice: Notice): notice is Extract<Notice, { kind: 'completed' | 'ended' }> =>
  notice.kind === 'completed' || notice.kind === 'ended';
