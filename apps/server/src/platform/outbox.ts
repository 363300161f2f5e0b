import { hash } from 'node:crypto';
import type { Actor, EventType } from '@promosmith/contract';
import type { Queryable } from './db.ts';
import { idAfter, newId } from './ids.ts';

/** An event as it is written: what the envelope repeats for every event of the row is kept once. */
export interface NewEvent {
  type: EventType;
  /** `code/<id>`, `activation/<id>`, `grant/<id>`, `campaign/<id>` */
  subject: string;
  data: Record<string, unknown>;
  /** More of `data`, which other events of the row have too: one object for all of them, written once. */
  common?: Readonly<Record<string, unknown>>;
  /** When the row tells of several requests: the one that caused this event. Else the row's. */
  correlationId?: string;
}

/** What an outbox row holds. */
export interface OutboxPayload {
  time: string;
  actor: Actor;
  correlationId: string;
  /** The first event's; those of the others follow it. */
  firstId: string;
  /** What several events have in their data. */
  commons?: Readonly<Record<string, unknown>>[];
  events: StoredEvent[];
}

/** One without a `correlationId` has that of the event before it, the first that of the row. */
interface StoredEvent extends Omit<NewEvent, 'common'> {
  /** Only of rows written by older versions, which have no `firstId`. */
  id?: string;
  /** Which of `commons` is part of its data. */
  common?: number;
}

/** An event as it is read: with all that the row says of it. */
export interface ReadEvent extends Pick<StoredEvent, 'type' | 'subject' | 'data'> {
  id: string;
  correlationId: string;
}

/** The events of a row, in order. */
export function eventsIn({ events, commons, firstId, ...row }: OutboxPayload): ReadEvent[] {
  let { correlationId } = row;
  return events.map(({ id, type, subject, data, common, ...event }, index) => {
    correlationId = event.correlationId ?? correlationId;
    return {
      id: id ?? idAfter(firstId, index),
      type,
      subject,
      correlationId,
      data: common === undefined ? data : { ...commons?.[common], ...data },
    };
  });
}

export interface Origin {
  brandId: string;
  actor: Actor;
  correlationId: string;
  /** Instant of the change, ISO 8601 UTC. */
  time: string;
}

/**
 * Writes events in the transaction of the change they tell of: one row, whose digest covers its exact text. They become
 * visible to readers once sealed.
 */
export async function publish(tx: Queryable, origin: Origin, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const payload: OutboxPayload = {
    time: origin.time,
    actor: origin.actor,
    correlationId: origin.correlationId,
    firstId: newId(),
    ...storedEvents(events, origin.correlationId),
  };
  const text = JSON.stringify(payload);
  await tx.query({
    name: 'outbox.insert',
    text: 'insert into outbox (batch_id, brand_id, event_count, events, digest) values ($1, $2, $3, $4, $5)',
    values: [newId(), origin.brandId, events.length, text, hash('sha256', text, 'buffer')],
  });
}

function storedEvents(
  events: readonly NewEvent[],
  correlationOfRow: string,
): Pick<OutboxPayload, 'commons' | 'events'> {
  const places = new Map<Readonly<Record<string, unknown>>, number>();
  const placeOf = (common: NewEvent['common']): number | undefined => {
    if (!common) return undefined;
    const place = places.get(common) ?? places.size;
    if (place === places.size) places.set(common, place);
    return place;
  };
  let last = correlationOfRow;
  const stored = events.map(
    ({ type, subject, correlationId = correlationOfRow, data, common }): StoredEvent => {
      const isOfLast = correlationId === last;
      last = correlationId;
      return {
        type,
        subject,
        correlationId: isOfLast ? undefined : correlationId,
        data,
        common: placeOf(common),
      };
    },
  );
  return { ...(places.size > 0 && { commons: [...places.keys()] }), events: stored };
}
