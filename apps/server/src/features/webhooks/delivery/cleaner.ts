import type { Database } from '../../../platform/db.ts';
import { deleteOldDeliveries, findAllEndpoints, purgeEndpoint } from '../store/queue.ts';

const ROWS_AT_ONCE = 5000;

/** Removes what nobody needs any more, some rows at a time. @returns whether there is more. */
export async function clean(db: Database): Promise<boolean> {
  let more = false;
  for (const { endpointId, deleted } of await findAllEndpoints(db)) {
    const remove = deleted ? purgeEndpoint : deleteOldDeliveries;
    more = (await remove(db, endpointId, ROWS_AT_ONCE)) === ROWS_AT_ONCE || more;
  }
  return more;
}
