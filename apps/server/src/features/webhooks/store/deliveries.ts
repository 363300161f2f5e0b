import type { DeliveryStatus, EventType, WebhookDelivery } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { sequenceOf } from '../../events/index.ts';
import { firstIdAt } from './ids.ts';

interface DeliveryRow {
  event_id: string;
  event_type: EventType;
  position: number;
  event_index: number;
  status: DeliveryStatus;
  attempts: number;
  next_attempt_at: Date | null;
  last_attempt_at: Date | null;
  last_duration_ms: number | null;
  last_status: number | null;
  last_error: string | null;
  last_response: string | null;
  created_at: Date;
}

const COLUMNS = `event_id, event_type, position, event_index, status, attempts, next_attempt_at,
  last_attempt_at, last_duration_ms, last_status, last_error, last_response, created_at`;

function deliveryOf(row: DeliveryRow): WebhookDelivery {
  return {
    eventId: row.event_id,
    eventType: row.event_type,
    sequence: sequenceOf({ position: row.position, index: row.event_index }),
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    lastAttempt: row.last_attempt_at && {
      at: row.last_attempt_at.toISOString(),
      durationMs: row.last_duration_ms,
      status: row.last_status,
      error: row.last_error,
      response: row.last_response,
    },
    createdAt: row.created_at.toISOString(),
  };
}

export interface DeliveryFilter {
  status?: DeliveryStatus | undefined;
  type?: EventType | undefined;
  /** Event id of the last delivery of the page before. */
  before?: string | undefined;
}

export async function listDeliveries(
  db: Queryable,
  endpointId: string,
  { status, type, before }: DeliveryFilter,
  atMost: number,
): Promise<WebhookDelivery[]> {
  const { rows } = await db.query<DeliveryRow>(
    `select ${COLUMNS} from webhook_deliveries
     where endpoint_id = $1 and ($2::text is null or status = $2) and ($3::text is null or event_type = $3)
       and ($4::uuid is null or event_id < $4)
     order by event_id desc limit $5`,
    [endpointId, status ?? null, type ?? null, before ?? null, atMost],
  );
  return rows.map(deliveryOf);
}

export async function findDelivery(
  db: Queryable,
  endpointId: string,
  eventId: string,
): Promise<WebhookDelivery | undefined> {
  const { rows } = await db.query<DeliveryRow>(
    `select ${COLUMNS} from webhook_deliveries where endpoint_id = $1 and event_id = $2`,
    [endpointId, eventId],
  );
  return rows[0] && deliveryOf(rows[0]);
}

/** Queues a finished or failed delivery again. One that is pending stays as it is. */
export async function requeueDelivery(
  tx: Queryable,
  endpointId: string,
  eventId: string,
): Promise<WebhookDelivery | undefined> {
  await tx.query(
    `update webhook_deliveries set status = 'pending', failures = 0, next_attempt_at = now()
     where endpoint_id = $1 and event_id = $2 and status <> 'pending'`,
    [endpointId, eventId],
  );
  return findDelivery(tx, endpointId, eventId);
}

export interface Requeue {
  /** ms since 1970 of the first events wanted, and of the first not wanted any more. */
  sinceMs: number;
  untilMs: number;
  statuses: readonly DeliveryStatus[];
  /** Event id that the call before ended with. */
  after: string | undefined;
}

/**
 * Queues deliveries again, oldest event first. The rows are named by an array, because a join with thousands of them
 * is planned as a scan of the whole table.
 * @returns how many, and the last one's event id.
 */
export async function requeueDeliveries(
  tx: Queryable,
  endpointId: string,
  { sinceMs, untilMs, statuses, after }: Requeue,
  atMost: number,
): Promise<{ requeued: number; last: string | null }> {
  const { rows } = await tx.query<{ requeued: number; last: string | null }>(
    `with requeued as (
       update webhook_deliveries set status = 'pending', failures = 0, next_attempt_at = now()
       where endpoint_id = $1 and status = any($4) and event_id = any (array(
         select event_id from webhook_deliveries
         where endpoint_id = $1 and status = any($4)
           and event_id >= ${firstIdAt('$2::bigint')} and event_id < ${firstIdAt('$3::bigint')}
           and ($5::uuid is null or event_id > $5)
         order by event_id limit $6))
       returning event_id
     )
     select count(*)::int as requeued, (array_agg(event_id order by event_id desc))[1] as last from requeued`,
    [endpointId, sinceMs, untilMs, statuses, after ?? null, atMost],
  );
  return rows[0] ?? { requeued: 0, last: null };
}
