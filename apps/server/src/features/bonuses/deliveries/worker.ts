import { pauseAfter } from '../../../platform/outbound/backoff.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { BudgetReturns } from '../budget-returns.ts';
import type { DeliveryOutcome, DeliverySender } from './sender.ts';
import { settle } from './settle.ts';
import {
  type Attempted,
  type Claim,
  claimDeliveries,
  findDueLanes,
  type Lane,
  recordAttempt,
  releaseCancellation,
} from './store.ts';

/** Deliveries under way in one lane, per process. */
const PLACES = 10;

export interface Worker {
  /** Starts an attempt of every delivery that is due and has a free place. */
  run(): Promise<boolean>;
  /** Waits until no attempt is under way. */
  settle(): Promise<void>;
}

export interface WorkerParts extends Pick<Platform, 'db' | 'log' | 'metrics'> {
  readonly senders: ReadonlyMap<string, DeliverySender>;
  readonly returns: BudgetReturns;
  /** Pauses after failed attempts, in ms; after the last it is given up. */
  readonly backoffMs: readonly number[];
  /** Told when a lane has free places again. */
  readonly onFree: () => void;
}

/** Makes the deliveries of all brands: each lane (a target of a brand) at its own pace. */
export function createWorker(parts: WorkerParts): Worker {
  const { db, log, senders } = parts;
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const attempts = parts.metrics.counter(
    'promosmith_delivery_attempts_total',
    'Attempts to deliver bonuses to outside systems, by target and outcome',
    ['target', 'outcome'],
  );

  /** Claims are made for several places at a time: each costs a statement. */
  async function work(lane: Lane, sender: DeliverySender): Promise<void> {
    const name = `${lane.brandId} ${lane.target}`;
    const free = PLACES - (busy.get(name) ?? 0);
    if (free < PLACES / 2) return;
    for (const claim of await claimDeliveries(db, lane, free)) start(name, lane.target, sender, claim);
  }

  function start(lane: string, target: string, sender: DeliverySender, claim: Claim): void {
    busy.set(lane, (busy.get(lane) ?? 0) + 1);
    const attempt = deliver(target, sender, claim)
      .catch((err) =>
        log.error({ err, deliveryId: claim.deliveryId }, 'a delivery has no result; it is made again'),
      )
      .finally(() => {
        const left = (busy.get(lane) ?? 1) - 1;
        if (left > 0) busy.set(lane, left);
        else busy.delete(lane);
        underWay.delete(attempt);
        if (left <= PLACES / 2) parts.onFree();
      });
    underWay.add(attempt);
  }

  async function deliver(target: string, sender: DeliverySender, claim: Claim): Promise<void> {
    const outcome = await sender.send(claim);
    const attempted = attemptedOf(outcome, claim);
    const isOver = attempted.state !== 'waiting';
    const recorded = isOver
      ? await db.transaction((tx) => settle(tx, { target, sender, claim, outcome, attempted }, parts.returns))
      : await recordAttempt(db, claim, attempted);
    if (!recorded && (await releaseCancellation(db, claim))) parts.onFree();
    attempts.inc({ target, outcome: recorded ? labelOf(outcome, isOver) : 'overtaken' });
  }

  function attemptedOf(outcome: DeliveryOutcome, { failures }: Claim): Attempted {
    if (outcome.kind !== 'failed') {
      const error = outcome.kind === 'refused' ? outcome.reason : null;
      return { state: outcome.kind, pauseMs: null, error, response: outcome.response };
    }
    const { error, response, retryAfterMs = null } = outcome;
    const pauseMs = pauseAfter(failures + 1, parts.backoffMs, retryAfterMs, Math.random());
    return { state: pauseMs === null ? 'failed' : 'waiting', pauseMs, error, response };
  }

  return {
    async run() {
      for (const lane of await findDueLanes(db, [...senders.keys()])) {
        const sender = senders.get(lane.target);
        if (sender) await work(lane, sender);
      }
      return false;
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const labelOf = ({ kind }: DeliveryOutcome, isOver: boolean): string =>
  kind === 'failed' && isOver ? 'given_up' : kind;
