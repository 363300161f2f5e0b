import { listPostings, startReconciliation } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { CHECK_COUNT, RECONCILIATION, reconciliation } from './reconciliation/job.ts';
import { listLedger } from './views.ts';

export { reconcile } from './reconciliation/reconcile.ts';
export { insertPostings, type NewPosting } from './store.ts';

/** The books: postings, and the check that everything agrees with them. */
export function createLedger({ db, http }: Platform, jobs: Jobs): void {
  const reconciliations = jobs.define(RECONCILIATION, reconciliation);

  http.mount(listPostings, async ({ query }, { caller }) => {
    const page = await listLedger(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(startReconciliation, async (_, { caller: { brandId, actor } }) => {
    const jobId = await db.transaction((tx) =>
      reconciliations.start(tx, { brandId, actor, input: {}, total: CHECK_COUNT }),
    );
    jobs.wake();
    return reply(202, { jobId });
  });
}
