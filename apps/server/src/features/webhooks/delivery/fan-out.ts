import type { Database } from '../../../platform/db.ts';
import type { Brands } from '../../brands/index.ts';
import { endOf, findHeads, readBatches } from '../../events/index.ts';
import { type Cursor, findCursors, insertDeliveries, lockCursor, moveCursor } from '../store/queue.ts';

const EVENTS_AT_ONCE = 1000;

/**
 * Turns sealed events into deliveries, one per endpoint and event that passes its filter. Each endpoint has a cursor
 * that only moves together with the deliveries of what it passed, so nothing is left out and nothing comes twice.
 * @returns whether there is more to do.
 */
export async function fanOut(db: Database, brands: Brands): Promise<boolean> {
  const heads = await findHeads(db);
  let more = false;
  for (const cursor of await findCursors(db)) {
    if (cursor.position < (heads.get(cursor.brandId) ?? 0))
      more = (await advance(db, brands, cursor)) || more;
  }
  return more;
}

async function advance(db: Database, brands: Brands, { endpointId, brandId }: Cursor): Promise<boolean> {
  const brand = await brands.get(brandId);
  return db.transaction(async (tx) => {
    const cursor = await lockCursor(tx, endpointId);
    if (!cursor) return false;
    const batches = await readBatches(tx, brand, endOf(cursor.position), EVENTS_AT_ONCE);
    const last = batches.at(-1);
    if (!last) return false;
    const { eventTypes } = cursor;
    const deliveries = batches.flatMap(({ batchId, position, events }) =>
      events
        .map(({ id, type }, index) => ({ eventId: id, batchId, position, index, type }))
        .filter(({ type }) => eventTypes === null || eventTypes.includes(type)),
    );
    await insertDeliveries(tx, endpointId, deliveries);
    await moveCursor(tx, endpointId, last.position);
    return true;
  });
}
