import type { EventEnvelope, EventPage, EventType } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { type FeedOwner, findHead, readBatches } from './batches.ts';
import { comparePlaces, placeOf, START, sequenceOf } from './sequence.ts';

/** A filtered page gives up after this many events that it passed over. The reader comes back with its cursor. */
const SCANNED_AT_ONCE = 5000;

export interface FeedQuery {
  /** Sequence of the last event seen. */
  cursor?: string | undefined;
  type?: readonly EventType[] | undefined;
  /** Beginning of the subject. */
  subject?: string | undefined;
  limit: number;
}

/** A page of a brand's events, oldest first. A batch may be larger than a page, so the cursor points into it. */
export async function readFeed(
  db: Queryable,
  brand: FeedOwner,
  { cursor, type, subject, limit }: FeedQuery,
): Promise<EventPage> {
  const seen = cursor === undefined ? START : placeOf(cursor);
  const isFiltered = type !== undefined || subject !== undefined;
  const wanted = (event: EventEnvelope) =>
    (type === undefined || type.includes(event.type)) &&
    (subject === undefined || event.subject.startsWith(subject));

  const batches = await readBatches(db, brand, seen, isFiltered ? SCANNED_AT_ONCE : limit);
  const ahead = batches
    .flatMap((batch) => batch.events)
    .filter((event) => comparePlaces(placeOf(event.sequence), seen) > 0);

  const items: EventEnvelope[] = [];
  let scanned = 0;
  while (scanned < ahead.length && items.length < limit) {
    const event = ahead[scanned++];
    if (event && wanted(event)) items.push(event);
  }
  const lastPosition = batches.at(-1)?.position ?? seen.position;
  return {
    items,
    nextCursor: ahead[scanned - 1]?.sequence ?? cursor ?? sequenceOf(START),
    hasMore: scanned < ahead.length || (await findHead(db, brand.brandId)) > lastPosition,
  };
}
