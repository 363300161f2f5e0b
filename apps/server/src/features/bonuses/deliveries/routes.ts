import { getDelivery, listDeliveries, retryDelivery } from '@promosmith/contract';
import type { Database } from '../../../platform/db.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { deliveryNotFound, retry } from './retry.ts';
import { findDelivery, pageOfDeliveries } from './views.ts';

/** @param wake makes what is due start now. */
export function mountDeliveries(http: HttpServer, db: Database, wake: () => void): void {
  http.mount(listDeliveries, async ({ query }, { caller }) => {
    const page = await pageOfDeliveries(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getDelivery, async ({ params }, { caller }) => {
    const found = await findDelivery(db, caller.brandId, params.deliveryId);
    return found ? reply(200, found.view) : deliveryNotFound;
  });

  http.mount(retryDelivery, async ({ params }, { caller: { brandId, actor }, requestId }) => {
    const retried = await retry(db, params.deliveryId, { brandId, actor, requestId });
    if (!retried.ok) return retried;
    wake();
    return reply(202, retried.value);
  });
}
