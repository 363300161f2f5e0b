import type { Actor } from '@promosmith/contract';
import type { Queryable } from '../db.ts';
import type { JobResult, Progress } from './job.ts';

/** How long a holder may be silent before its job is given to another. */
export const LEASE_SECONDS = 9;
/** Ends without progress before a job is given up and undone. */
const FAILURES = 5;
const GIVEN_UP = 'It failed again and again; the log says why under the id of the job.';

/** A job just taken, with everything its handler needs. */
export interface Claimed {
  jobId: string;
  brandId: string;
  kind: string;
  input: unknown;
  checkpoint: unknown;
  done: number;
  /** Counts the holders; names this one in every write. */
  attempt: number;
  failures: number;
  actor: Actor;
  cancelRequested: boolean;
  /** Why the job is to be undone. */
  error: string | null;
}

/** The job and the attempt that may write to it. */
export type Held = Pick<Claimed, 'jobId' | 'attempt'>;

export async function insertJob(
  tx: Queryable,
  job: { jobId: string; brandId: string; kind: string; input: unknown; total: number | null; actor: Actor },
): Promise<void> {
  await tx.query(
    'insert into jobs (job_id, brand_id, kind, input, total, created_by) values ($1, $2, $3, $4, $5, $6)',
    [job.jobId, job.brandId, job.kind, JSON.stringify(job.input), job.total, JSON.stringify(job.actor)],
  );
}

/** Takes the job that has waited longest: a new one, one to be tried again, or one whose holder fell silent. */
export async function claimJob(db: Queryable, kinds: readonly string[]): Promise<Claimed | undefined> {
  const { rows } = await db.query<Claimed>(
    `update jobs set status = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()),
            lease_until = now() + make_interval(secs => $2),
            failures = failures + (status = 'running')::integer,
            error = case when failures + (status = 'running')::integer >= $3 then coalesce(error, $4) else error end
     where job_id = (
       select job_id from jobs
       where status in ('queued', 'running') and coalesce(lease_until, created_at) <= now() and kind = any($1)
       order by coalesce(lease_until, created_at), job_id
       limit 1
       for update skip locked)
     returning job_id as "jobId", brand_id as "brandId", kind, input, checkpoint, done, attempt, failures,
       created_by as actor, cancel_requested as "cancelRequested", error`,
    [kinds, LEASE_SECONDS, FAILURES, GIVEN_UP],
  );
  return rows[0];
}

/** @returns undefined when the job belongs to another holder by now. */
export async function saveProgress(
  tx: Queryable,
  held: Held,
  progress: Progress<unknown>,
): Promise<{ cancelRequested: boolean } | undefined> {
  const { rows } = await tx.query<{ cancelRequested: boolean }>(
    `update jobs set done = $3, total = coalesce($4, total), checkpoint = coalesce($5, checkpoint), failures = 0,
            lease_until = now() + make_interval(secs => $6)
     where job_id = $1 and attempt = $2 and status = 'running'
     returning cancel_requested as "cancelRequested"`,
    [
      held.jobId,
      held.attempt,
      progress.done,
      progress.total ?? null,
      progress.checkpoint === undefined ? null : JSON.stringify(progress.checkpoint),
      LEASE_SECONDS,
    ],
  );
  return rows[0];
}

export async function renewLease(
  db: Queryable,
  held: Held,
): Promise<{ cancelRequested: boolean } | undefined> {
  const { rows } = await db.query<{ cancelRequested: boolean }>(
    `update jobs set lease_until = now() + make_interval(secs => $3)
     where job_id = $1 and attempt = $2 and status = 'running'
     returning cancel_requested as "cancelRequested"`,
    [held.jobId, held.attempt, LEASE_SECONDS],
  );
  return rows[0];
}

/** A job that was asked to stop does not succeed any more: who cancelled it was told that it would be taken back. */
export async function finishJob(
  tx: Queryable,
  held: Held,
  status: 'succeeded' | 'failed' | 'cancelled',
  result: JobResult,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update jobs set status = $3::text, result = $4, finished_at = now(), lease_until = null, checkpoint = null
     where job_id = $1 and attempt = $2 and status = 'running' and not ($3::text = 'succeeded' and cancel_requested)`,
    [held.jobId, held.attempt, status, JSON.stringify(result)],
  );
  return rowCount === 1;
}

/** Lets go of a job, so that it is taken again at once. @param error why it is to be undone instead of run. */
export async function releaseJob(db: Queryable, held: Held, error: string | null): Promise<void> {
  await db.query(
    `update jobs set status = 'queued', error = coalesce($3, error), lease_until = now()
     where job_id = $1 and attempt = $2 and status = 'running'`,
    [held.jobId, held.attempt, error],
  );
}

/** Lets go of a job after an exception: it is taken again after the delay. */
export async function postponeJob(db: Queryable, held: Held, delaySeconds: number): Promise<void> {
  await db.query(
    `update jobs set status = 'queued', failures = failures + 1, lease_until = now() + make_interval(secs => $3)
     where job_id = $1 and attempt = $2 and status = 'running'`,
    [held.jobId, held.attempt, delaySeconds],
  );
}
