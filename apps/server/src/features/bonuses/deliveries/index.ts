import { BACKOFF_MS } from '../../../platform/outbound/backoff.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { BudgetReturns } from '../budget-returns.ts';
import { mountDeliveries } from './routes.ts';
import type { DeliverySender } from './sender.ts';
import { createWorker } from './worker.ts';

const SEND_EVERY_MS = 500;
const TASK = 'deliver bonuses';

export interface Deliveries {
  /** Says how deliveries of a target are made: once per target, when the app is built. */
  handle(target: string, sender: DeliverySender): void;
  /** Starts what is due now instead of at the next tick: called after a commit that queued deliveries. */
  wake(): void;
  /** After the ticker has stopped: waits for the attempts under way, so that their results are kept. */
  settle(): Promise<void>;
}

/** Tells outside systems of bonuses, at least once each, until they are taken or refused for good. */
export function createDeliveries(
  platform: Platform,
  returns: BudgetReturns,
  backoffMs: readonly number[] = BACKOFF_MS,
): Deliveries {
  const { db, http, log, metrics, ticker } = platform;
  const senders = new Map<string, DeliverySender>();
  const wake = () => ticker.nudge(TASK);
  const worker = createWorker({ db, log, metrics, senders, returns, backoffMs, onFree: wake });

  mountDeliveries(http, db, wake);
  ticker.every(TASK, SEND_EVERY_MS, () => worker.run());
  return {
    handle(target, sender) {
      if (senders.has(target)) throw new Error(`deliveries to ${target} have a sender already`);
      senders.set(target, sender);
    },
    wake,
    settle: () => worker.settle(),
  };
}
