import { halving } from '../../../platform/halving.ts';
import { pauseAfter } from '../../../platform/outbound/backoff.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Claim, EffectKind } from './effect.ts';
import { claimEffects, type DueJourney, findDueJourneys, pauseEffects } from './store.ts';

/** How effects of a kind are done. */
export interface Worker<Kind extends EffectKind> {
  /** How many are done together. */
  readonly batch: number;
  /** Batches under way of one journey, per process: a slow one holds up no other. */
  readonly places: number;
  /** An attempt without a result after this long is lost (the process died). */
  readonly leaseMs: number;
  /** Does effects of one journey, and writes what they came to. Called again with some that were done, it passes over them. */
  work(claims: readonly Claim<Kind>[]): Promise<void>;
}

export type Workers = { readonly [Kind in EffectKind]: Worker<Kind> };

export interface Dispatcher {
  /** Starts attempts of the effects that are due and have a free place. */
  start(): Promise<boolean>;
  /** Waits until no attempt is under way. */
  settle(): Promise<void>;
}

const SECOND = 1000;
/** Pauses after attempts that broke off by a fault of ours or of the database. The last one is for all that follow. */
const FAULT_PAUSES_MS = [SECOND, 5 * SECOND, 30 * SECOND, 120 * SECOND];
const LONGEST_FAULT_PAUSE_MS = 600 * SECOND;
const LONGEST_ERROR = 500;

/** @param onFree told when a journey has free places again. */
export function createDispatcher(
  { db, log, metrics }: Pick<Platform, 'db' | 'log' | 'metrics'>,
  workers: Workers,
  onFree: () => void,
): Dispatcher {
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();
  const faults = metrics.counter(
    'promosmith_journey_effect_faults_total',
    'Attempts at effects of journeys that broke off without a result',
    ['kind'],
  );

  async function startSome<Kind extends EffectKind>(
    due: DueJourney & { readonly kind: Kind },
  ): Promise<void> {
    const worker: Worker<Kind> = workers[due.kind];
    const free = worker.places - (busy.get(nameOf(due)) ?? 0);
    if (free < worker.places / 2) return;
    const claims = await claimEffects(db, due, free * worker.batch, worker.leaseMs);
    for (let at = 0; at < claims.length; at += worker.batch)
      run(due, worker, claims.slice(at, at + worker.batch));
  }

  function run<Kind extends EffectKind>(
    due: DueJourney,
    worker: Worker<Kind>,
    claims: readonly Claim<Kind>[],
  ): void {
    const name = nameOf(due);
    busy.set(name, (busy.get(name) ?? 0) + 1);
    const work = doAll(due.kind, worker, claims)
      .catch((err) => log.error({ err, ...due }, 'attempts have no result; they are repeated'))
      .finally(() => {
        const left = (busy.get(name) ?? 1) - 1;
        if (left > 0) busy.set(name, left);
        else busy.delete(name);
        underWay.delete(work);
        if (left <= worker.places / 2) onFree();
      });
    underWay.add(work);
  }

  /** One that can't be done keeps no other from being done; it waits, in sight of whoever looks for what is stuck. */
  async function doAll<Kind extends EffectKind>(
    kind: Kind,
    worker: Worker<Kind>,
    claims: readonly Claim<Kind>[],
  ): Promise<void> {
    const broken: { claim: Claim<Kind>; error: unknown }[] = [];
    await halving(claims, worker.work, (claim, error) => broken.push({ claim, error }));
    for (const { claim, error } of broken) {
      const { enrolmentId, seq, failures } = claim;
      log.error({ err: error, enrolmentId, seq, kind }, 'an effect of a journey could not be done');
      faults.inc({ kind });
      await pauseEffects(db, [claim], {
        pauseMs: pauseAfter(failures + 1, FAULT_PAUSES_MS, null, Math.random()) ?? LONGEST_FAULT_PAUSE_MS,
        error: `internal: ${error instanceof Error ? error.message : String(error)}`.slice(0, LONGEST_ERROR),
        failed: true,
      });
    }
  }

  return {
    async start() {
      for (const due of await findDueJourneys(db)) {
        try {
          await startSome(due);
        } catch (err) {
          log.error({ err, ...due }, 'nothing could be started; the other journeys go on');
        }
      }
      return false;
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const nameOf = ({ kind, journeyId }: DueJourney): string => `${kind} ${journeyId}`;
