import type { Millis } from '@promosmith/core/activation';
import {
  compareEvents,
  type Funds,
  type FundsEvent,
  type GrantFunds,
  type Place,
} from '@promosmith/core/funds';
import { type Run, run, type Told } from './run.ts';
import type { Wallet } from './wallet.ts';

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

/** The funds at an instant not before the last event, with the bonuses that have begun by then, and nothing changed. */
export function fundsAt(wallet: Wallet, at: Millis): Funds {
  const begun = wallet.starts.map(startOf).filter((start) => start.at <= at && isInOrder(wallet.last, start));
  return run(wallet, begun, undefined, at).funds;
}

/** Takes over a run that went on from where the wallet stood. */
export function goOn(wallet: Wallet, folded: Run): void {
  for (const line of folded.lines) wallet.lines.push(line);
  for (const [id, split] of folded.splits) wallet.splits.set(id, split);
  for (const checkpoint of folded.checkpoints) wallet.checkpoints.push(checkpoint);
  tell(wallet, folded.told);
  standAt(wallet, folded);
}

/** The wallet stands where a run ended. */
export function standAt(wallet: Wallet, { funds, last, checkpointAt }: Run): void {
  wallet.funds = funds;
  wallet.last = last;
  wallet.checkpointAt = checkpointAt;
  wallet.isChanged = true;
}

/** Takes down what somebody is to be told. */
export function tell(wallet: Wallet, told: readonly Told[]): void {
  for (const { notice, at } of told) {
    wallet.told.push({ notice, at });
    if (notice.kind === 'completed') wallet.endedAt.set(notice.grantId, at);
    if (notice.kind === 'ended') wallet.endedAt.set(notice.grantId, notice.at);
    if (notice.kind === 'reinstated') wallet.endedAt.set(notice.grantId, null);
  }
}
