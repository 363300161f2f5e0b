import type { EventType } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { eventsIn, type OutboxPayload, type ReadEvent } from '../../platform/outbox.ts';
import { sequenceOf } from './sequence.ts';

/** An event of the feed, without what the envelope repeats. */
export interface FoundEvent extends Pick<ReadEvent, 'id' | 'data'> {
  readonly type: EventType;
  /** ISO 8601. */
  readonly time: string;
  /** Sorts as text in the order of the feed. */
  readonly sequence: string;
}

/** Looking further ahead than this costs more than another round does. */
const ROWS_AT_ONCE = 1000;

/** How far the next events reach: to the end of a row, past about so many of them. Looks at no event. */
export async function endOfNext(
  db: Queryable,
  brandId: string,
  { after, upTo }: { after: number; upTo: number },
  aboutEvents: number,
): Promise<number> {
  const { rows } = await db.query<{ position: number | null }>(
    `select max(position) as position from (
       select position, sum(event_count) over (order by position) - event_count as before from (
         select position, event_count from outbox where brand_id = $1 and position > $2 and position <= $3
         order by position limit ${ROWS_AT_ONCE}
       ) as ahead
     ) as counted where before < $4`,
    [brandId, after, upTo, aboutEvents],
  );
  return rows[0]?.position ?? upTo;
}

/**
 * The sealed events of some types between two positions, in order. A row that names none of the types is looked through
 * as text where it is, and is neither sent nor parsed.
 */
export async function findOfTypes(
  db: Queryable,
  brandId: string,
  { after, upTo }: { after: number; upTo: number },
  types: ReadonlySet<EventType>,
): Promise<FoundEvent[]> {
  const { rows } = await db.query<{ position: number; written: string }>(
    `select position, written from (
       select position, events::text as written from outbox
       where brand_id = $1 and position > $2 and position <= $3 offset 0
     ) as row
     where exists (select from unnest($4::text[]) as named where strpos(written, named) > 0) order by position`,
    [brandId, after, upTo, [...types].map((type) => `"type":${JSON.stringify(type)}`)],
  );
  return rows.flatMap(({ position, written }) => {
    const payload = JSON.parse(written) as OutboxPayload;
    return eventsIn(payload).flatMap(({ id, type, data }, index) =>
      types.has(type)
        ? [{ id, type, data, time: payload.time, sequence: sequenceOf({ position, index }) }]
        : [],
    );
  });
}
