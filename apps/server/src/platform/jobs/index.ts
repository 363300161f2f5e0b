import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from '@promosmith/contract';
import type { Queryable } from '../db.ts';
import { newId } from '../ids.ts';
import type { Platform } from '../platform.ts';
import type { JobKind, NewJob } from './job.ts';
import { mountJobRoutes } from './routes.ts';
import { runJob } from './runner.ts';
import { claimJob, insertJob } from './store.ts';
import { findJob } from './views.ts';

export { interrupted, type JobKind, type JobResult, type JobRun, type NewJob, type Outcome } from './job.ts';

const TASK = 'run jobs';
const LOOK_EVERY_MS = 500;
/** Jobs of one process under way at once: enough that a short one need not wait for a long one. */
const SLOTS = 2;

/** Starts jobs of one kind. */
export interface JobStarter<Input> {
  /**
   * In the transaction of the change that wants the job: it runs if and when that commits.
   * @returns its id, under which people see its progress.
   */
  start(tx: Queryable, job: NewJob<Input>): Promise<string>;
}

export interface Jobs {
  /** Declares a kind of job. Called while the server is put together; a process only runs kinds it knows. */
  define<Input, Checkpoint>(name: string, kind: JobKind<Input, Checkpoint>): JobStarter<Input>;
  /** Looks for work at once: called after a commit that started a job. */
  wake(): void;
  /**
   * Waits until a job has ended, in whatever process.
   * @throws when the brand has no such job.
   */
  untilEnded(brandId: string, jobId: string, onProgress?: (done: number) => void): Promise<Job>;
  /** Waits for the jobs that run in this process. */
  settle(): Promise<void>;
  /** Lets the steps under way finish and puts their jobs back for another process. After `ticker.stop`. */
  stop(): Promise<void>;
}

/** Background jobs: rows of one table, worked on in steps under a lease. */
export function createJobs({ db, http, log, ticker }: Platform): Jobs {
  const kinds = new Map<string, JobKind<unknown, unknown>>();
  const running = new Set<Promise<void>>();
  const draining = new AbortController();
  const wake = () => ticker.nudge(TASK);

  async function takeOne(): Promise<boolean> {
    if (running.size >= SLOTS || draining.signal.aborted) return false;
    const claimed = await claimJob(db, [...kinds.keys()]);
    const kind = claimed && kinds.get(claimed.kind);
    if (!claimed || !kind) return false;
    const run = runJob(db, log, kind, claimed, draining.signal).finally(() => {
      running.delete(run);
      wake();
    });
    running.add(run);
    return true;
  }

  mountJobRoutes(http, db, wake);
  ticker.everyHere(TASK, LOOK_EVERY_MS, takeOne);

  return {
    define(name, kind) {
      kinds.set(name, kind as JobKind<unknown, unknown>);
      return {
        async start(tx, { brandId, actor, input, total }) {
          const jobId = newId();
          await insertJob(tx, { jobId, brandId, actor, kind: name, input, total: total ?? null });
          return jobId;
        },
      };
    },
    wake,
    async untilEnded(brandId, jobId, onProgress = () => undefined) {
      for (let shown = -1; ; await sleep(LOOK_EVERY_MS)) {
        const job = await findJob(db, brandId, jobId);
        if (!job) throw new Error(`there is no job ${jobId}`);
        if (job.done !== shown) onProgress(job.done);
        shown = job.done;
        if (job.finishedAt !== null) return job;
      }
    },
    async settle() {
      while (running.size > 0) await Promise.all(running);
    },
    async stop() {
      draining.abort();
      await Promise.all(running);
    },
  };
}
