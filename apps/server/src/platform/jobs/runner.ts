import { ok, refuse } from '@promosmith/core';
import type { Logger } from 'pino';
import type { Database, Transaction } from '../db.ts';
import type { JobKind, JobRun, Outcome, Progress } from './job.ts';
import {
  type Claimed,
  finishJob,
  LEASE_SECONDS,
  postponeJob,
  releaseJob,
  renewLease,
  saveProgress,
} from './store.ts';

const RENEW_EVERY_MS = (LEASE_SECONDS * 1000) / 3;
const LONGEST_DELAY_SECONDS = 300;

type AnyKind = JobKind<unknown, unknown>;

/** Runs one claimed job to its end, or until it is interrupted. Never throws: what goes wrong is logged and kept. */
export async function runJob(
  db: Database,
  log: Logger,
  kind: AnyKind,
  claimed: Claimed,
  draining: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const undoing = claimed.cancelRequested || claimed.error !== null;
  const heed = (answer: { cancelRequested: boolean } | undefined) => {
    if (!answer || (answer.cancelRequested && !undoing)) stop.abort();
  };
  const signal = AbortSignal.any([stop.signal, draining]);
  const renewal = setInterval(() => {
    renewLease(db, claimed).then(heed, (err) => log.warn({ err, jobId: claimed.jobId }, 'lease not renewed'));
  }, RENEW_EVERY_MS);
  try {
    const job = hold(db, claimed, signal, heed);
    if (undoing) await undo(db, kind, claimed, job);
    else await settle(db, claimed, await kind.run(job));
  } catch (err) {
    const { jobId, kind: name, attempt } = claimed;
    log.error({ err, jobId, kind: name, attempt }, 'a step of a job failed; it is tried again');
    await putBack(db, log, claimed);
  } finally {
    clearInterval(renewal);
  }
}

function hold(
  db: Database,
  claimed: Claimed,
  signal: AbortSignal,
  heed: (answer: { cancelRequested: boolean } | undefined) => void,
): JobRun<unknown, unknown> {
  const { jobId, brandId, actor, input } = claimed;
  let { done, checkpoint } = claimed;
  return {
    jobId,
    brandId,
    actor,
    input,
    signal,
    get done() {
      return done;
    },
    get checkpoint() {
      return checkpoint ?? undefined;
    },
    async step(work: (tx: Transaction) => Promise<Progress<unknown>>) {
      if (signal.aborted) return false;
      const saved = await db.transaction(async (tx) => {
        const progress = await work(tx);
        const answer = await saveProgress(tx, claimed, progress);
        return answer ? ok({ progress, answer }) : refuse('job_lost', 'Another process holds the job.');
      });
      heed(saved.ok ? saved.value.answer : undefined);
      if (saved.ok) {
        done = saved.value.progress.done;
        checkpoint = saved.value.progress.checkpoint ?? checkpoint;
      }
      return !signal.aborted;
    },
  };
}

async function undo(
  db: Database,
  kind: AnyKind,
  claimed: Claimed,
  job: JobRun<unknown, unknown>,
): Promise<void> {
  const why = claimed.cancelRequested ? 'cancelled' : 'failed';
  const outcome = await kind.undo(job, why);
  if (outcome.outcome === 'finished') await finish(db, claimed, why, outcome);
  else await releaseJob(db, claimed, null);
}

async function settle(db: Database, claimed: Claimed, outcome: Outcome): Promise<void> {
  if (outcome.outcome === 'failed') return releaseJob(db, claimed, outcome.reason);
  const finished = outcome.outcome === 'finished' && (await finish(db, claimed, 'succeeded', outcome));
  if (!finished) await releaseJob(db, claimed, null);
}

async function finish(
  db: Database,
  claimed: Claimed,
  status: 'succeeded' | 'failed' | 'cancelled',
  { write }: Extract<Outcome, { outcome: 'finished' }>,
): Promise<boolean> {
  const result = await db.transaction(async (tx) => {
    const written = await write(tx);
    const held = await finishJob(tx, claimed, status, written);
    return held ? ok(undefined) : refuse('job_lost', 'The job was cancelled, or another process holds it.');
  });
  return result.ok;
}

/** When the database is out of reach too, the lease runs out and the job is taken up again all the same. */
async function putBack(db: Database, log: Logger, claimed: Claimed): Promise<void> {
  try {
    await postponeJob(db, claimed, Math.min(2 ** claimed.failures, LONGEST_DELAY_SECONDS));
  } catch (err) {
    log.error({ err, jobId: claimed.jobId }, 'a job could not be put back; its lease runs out by itself');
  }
}
