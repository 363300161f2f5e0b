import {
  exportBonusTransactions,
  getCampaignLiability,
  listBonusTransactions,
  listGrantBets,
  listPostings,
  startReconciliation,
} from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { listBets } from './bets.ts';
import { exportStatements } from './export.ts';
import { liabilityOf } from './liability.ts';
import { createAlert } from './reconciliation/alert.ts';
import { startDue } from './reconciliation/daily.ts';
import { CHECK_COUNT, RECONCILIATION, reconciliation } from './reconciliation/job.ts';
import { listLedger, listStatements } from './views.ts';

export { mostConverted } from './liability.ts';
export { reconcile } from './reconciliation/reconcile.ts';
export { insertPostings, type NewPosting } from './store.ts';

const LOOK_EVERY_MS = 60_000;

/** The books: postings, statements of bonuses, and the check that everything agrees with them, once a day by itself. */
export function createLedger({ db, http, log, metrics, ticker }: Platform, jobs: Jobs): void {
  const reconciliations = jobs.define(RECONCILIATION, reconciliation(createAlert(log, metrics)));
  ticker.every('start reconciliations', LOOK_EVERY_MS, async () => {
    if ((await startDue(db, reconciliations)) > 0) jobs.wake();
    return false;
  });

  http.mount(listPostings, async ({ query }, { caller }) => {
    const page = await listLedger(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(listBonusTransactions, async ({ query }, { caller }) => {
    const page = await listStatements(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(exportBonusTransactions, async ({ query }, { caller }) =>
    reply(200, exportStatements(db, caller.brandId, query)),
  );

  http.mount(listGrantBets, async ({ params, query }, { caller }) => {
    const page = await listBets(db, caller, params.grantId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getCampaignLiability, async ({ params }, { caller }) => {
    const liability = await liabilityOf(db, caller.brandId, params.campaignId);
    return liability.ok ? reply(200, liability.value) : liability;
  });

  http.mount(startReconciliation, async (_, { caller: { brandId, actor } }) => {
    const jobId = await db.transaction((tx) =>
      reconciliations.start(tx, { brandId, actor, input: {}, total: CHECK_COUNT }),
    );
    jobs.wake();
    return reply(202, { jobId });
  });
}
