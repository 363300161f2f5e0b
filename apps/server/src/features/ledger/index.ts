import { listPostings } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import { listLedger } from './views.ts';

export { type Difference, reconcile } from './reconciliation/reconcile.ts';
export { insertPostings, type NewPosting } from './store.ts';

/** The books: postings, and the check that everything agrees with them. */
export function createLedger({ db, http }: Platform): void {
  http.mount(listPostings, async ({ query }, { caller }) => {
    const page = await listLedger(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });
}
