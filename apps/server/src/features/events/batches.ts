import type { EventEnvelope } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { eventsIn, type OutboxPayload } from '../../platform/outbox.ts';
import { type Place, sequenceOf } from './sequence.ts';

/** A sealed outbox row, expanded: all events of one transaction. */
export interface EventBatch {
  batchId: string;
  position: number;
  /** In order; an event's index is its index here. */
  events: EventEnvelope[];
}

/** Whose feed it is. */
export interface FeedOwner {
  brandId: string;
  slug: string;
}

interface BatchRow {
  batch_id: string;
  position: number;
  events: OutboxPayload;
}

const COLUMNS = 'batch_id, position, events';

/** Looking further ahead than this for rows that may be wanted costs more than another round does. */
const ROWS_AT_ONCE = 1000;

function expand(brandSlug: string, { batch_id, position, events: payload }: BatchRow): EventBatch {
  return {
    batchId: batch_id,
    position,
    events: eventsIn(payload).map((event, index) => ({
      specversion: '1.0',
      id: event.id,
      type: event.type,
      source: `/brands/${brandSlug}`,
      subject: event.subject,
      time: payload.time,
      brand: brandSlug,
      sequence: sequenceOf({ position, index }),
      actor: payload.actor,
      correlationid: event.correlationId,
      datacontenttype: 'application/json',
      data: event.data,
    })),
  };
}

/**
 * The sealed batches with events behind a place, in order and whole: as many as begin within the next `atMostEvents`
 * events, so at least one if there is any.
 */
export async function readBatches(
  db: Queryable,
  brand: FeedOwner,
  after: Place,
  atMostEvents: number,
): Promise<EventBatch[]> {
  const { rows } = await db.query<BatchRow>(
    `select ${COLUMNS} from (
       select ${COLUMNS}, unseen, sum(unseen) over (order by position) - unseen as unseen_before from (
         select ${COLUMNS},
           case when position = $2 then greatest(event_count - 1 - $3::int, 0) else event_count end as unseen
         from outbox where brand_id = $1 and position >= $2
         order by position limit ${ROWS_AT_ONCE}
       ) as ahead
     ) as counted
     where unseen > 0 and unseen_before < $4 order by position`,
    [brand.brandId, after.position, after.index, atMostEvents],
  );
  return rows.map((row) => expand(brand.slug, row));
}

/** Sealed batches by id, in no order. */
export async function findBatches(
  db: Queryable,
  brand: FeedOwner,
  batchIds: readonly string[],
): Promise<EventBatch[]> {
  const { rows } = await db.query<BatchRow>(
    `select ${COLUMNS} from outbox where batch_id = any($1::uuid[]) and brand_id = $2 and position is not null`,
    [batchIds, brand.brandId],
  );
  return rows.map((row) => expand(brand.slug, row));
}

/** The last sealed position of each brand that has one. */
export async function findHeads(db: Queryable): Promise<Map<string, number>> {
  const { rows } = await db.query<{ brand_id: string; position: number }>(
    "select brand_id, position from chain_heads where chain = 'outbox'",
  );
  return new Map(rows.map((row) => [row.brand_id, row.position]));
}

/** The last sealed position of a brand; 0 when nothing is sealed yet. */
export async function findHead(db: Queryable, brandId: string): Promise<number> {
  const { rows } = await db.query<{ position: number }>(
    "select position from chain_heads where chain = 'outbox' and brand_id = $1",
    [brandId],
  );
  return rows[0]?.position ?? 0;
}
