import { hash } from 'node:crypto';
import type { Actor, EventType } from '@promosmith/contract';
import type { Queryable } from './db.ts';
import { newId } from './ids.ts';

/** An event as it is written: what the envelope repeats for every event of the row is kept once. */
export interface NewEvent {
  type: EventType;
  /** `code/<id>`, `activation/<id>`, `grant/<id>`, `campaign/<id>` */
  subject: string;
  data: Record<string, unknown>;
  /** When the row tells of several requests: the one that caused this event. Else the row's. */
  correlationId?: string;
}

/** What an outbox row holds. */
export interface OutboxPayload {
  time: string;
  actor: Actor;
  correlationId: string;
  events: (NewEvent & { id: string })[];
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
    events: events.map((event) => ({ id: newId(), ...event })),
  };
  const text = JSON.stringify(payload);
  await tx.query({
    name: 'outbox.insert',
    text: 'insert into outbox (batch_id, brand_id, event_count, events, digest) values ($1, $2, $3, $4, $5)',
    values: [newId(), origin.brandId, events.length, text, hash('sha256', text, 'buffer')],
  });
}
