import { cancelJob, getJob, listJobs as listJobsRoute } from '@promosmith/contract';
import { ok, refuse } from '@promosmith/core';
import { audit } from '../audit.ts';
import type { Database } from '../db.ts';
import { type HttpServer, reply } from '../http/server.ts';
import { findJob, listJobs, requestCancel } from './views.ts';

const notFound = () => refuse('not_found', 'There is no such job.');

/** @param wake told after a job was asked to stop. */
export function mountJobRoutes(http: HttpServer, db: Database, wake: () => void): void {
  http.mount(listJobsRoute, async ({ query }, { caller }) => {
    const page = await listJobs(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getJob, async ({ params }, { caller }) => {
    const job = await findJob(db, caller.brandId, params.jobId);
    return job ? reply(200, job) : notFound();
  });

  http.mount(cancelJob, async ({ params: { jobId } }, { caller, requestId }) => {
    const { brandId, actor } = caller;
    const cancelled = await db.transaction(async (tx) => {
      const job = await requestCancel(tx, brandId, jobId);
      if (!job) {
        const finished = await findJob(tx, brandId, jobId);
        return finished ? refuse('conflict', `The job has ${finished.status} already.`) : notFound();
      }
      await audit(tx, {
        brandId,
        actor,
        requestId,
        action: 'job.cancelled',
        targetKind: 'job',
        targetId: jobId,
        after: { kind: job.kind, done: job.done },
      });
      return ok(job);
    });
    if (!cancelled.ok) return cancelled;
    wake();
    return reply(202, cancelled.value);
  });
}
