import { createHash } from 'node:crypto';
import type { Actor, EventType } from '@promosmith/contract';
import type { Queryable } from './db.ts';
import { newId } from './ids.ts';

/** An event as it is written: what the envelope repeats for every event of the row is kept once. */
export interface NewEvent {
  type: EventType;
  /** `code/<id>`, `activation/<id>`, `grant/<id>`, `campaign/<id>` */
  subject: string;
  data: Record<string, unknown>;
  /** When the row tells of several requests: the one that caused this event. */
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

/** The exact text that is stored and digested. Events keep the actor and correlation of their own cause if given. */
export function encodeEvents(origin: Origin, events: readonly NewEvent[]): { text: string; digest: Buffer } {
  const payload: OutboxPayload = {
    time: origin.time,
    actor: origin.actor,
    correlationId: origin.correlationId,
    events: events.map((event) => ({ id: newId(), ...event })),
  };
  const text = JSON.stringify(payload);
  return { text, digest: createHash('sha256').update(text).digest() };
}

/** Writes events in the transaction of the change they tell of. They become visible to readers once sealed. */
export async function publish(tx: Queryable, origin: Origin, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { text, digest } = encodeEvents(origin, events);
  await tx.query(
    'insert into outbox (batch_id, brand_id, event_count, events, digest) values ($1, $2, $3, $4, $5)',
    [newId(), origin.brandId, events.length, text, digest],
  );
}
