import { Id, type Job, type JobStatus } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';

type JobRow = Omit<Job, 'createdAt' | 'startedAt' | 'finishedAt'> & {
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const COLUMNS = `job_id as id, kind, status, done, total, cancel_requested as "cancelRequested", result, error,
  created_by as "createdBy", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

const shown = (row: JobRow): Job => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

export async function findJob(db: Queryable, brandId: string, jobId: string): Promise<Job | undefined> {
  const { rows } = await db.query<JobRow>(`select ${COLUMNS} from jobs where job_id = $1 and brand_id = $2`, [
    jobId,
    brandId,
  ]);
  return rows[0] && shown(rows[0]);
}

/** @returns undefined when there is no such job, or it has finished. */
export async function requestCancel(tx: Queryable, brandId: string, jobId: string): Promise<Job | undefined> {
  const { rows } = await tx.query<JobRow>(
    `update jobs set cancel_requested = true
     where job_id = $1 and brand_id = $2 and status in ('queued', 'running')
     returning ${COLUMNS}`,
    [jobId, brandId],
  );
  return rows[0] && shown(rows[0]);
}

export interface JobFilter {
  cursor?: string | undefined;
  limit: number;
  status?: JobStatus | undefined;
  kind?: string | undefined;
}

export async function listJobs(
  db: Queryable,
  brandId: string,
  { cursor, limit, status, kind }: JobFilter,
): Promise<Result<{ items: Job[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<JobRow>(
    `select ${COLUMNS} from jobs
     where brand_id = $1 and ($2::uuid is null or job_id < $2) and ($3::text is null or status = $3)
       and ($4::text is null or kind = $4)
     order by job_id desc limit $5`,
    [brandId, after.value?.[0] ?? null, status ?? null, kind ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, (row) => [row.id], shown));
}
