import type { EventType } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { firstIdAt } from './ids.ts';

/** How far an endpoint has read its brand's feed. */
export interface Cursor {
  endpointId: string;
  brandId: string;
  position: number;
}

/** The cursors of all enabled endpoints. */
export async function findCursors(db: Queryable): Promise<Cursor[]> {
  const { rows } = await db.query<Cursor>(
    `select endpoint_id as "endpointId", brand_id as "brandId", position
     from webhook_cursors join webhook_endpoints using (endpoint_id) where status = 'enabled'`,
  );
  return rows;
}

/** @returns undefined when another process holds the cursor, or the endpoint is no longer enabled. */
export async function lockCursor(
  tx: Queryable,
  endpointId: string,
): Promise<{ position: number; eventTypes: EventType[] | null } | undefined> {
  const { rows } = await tx.query<{ position: number; eventTypes: EventType[] | null }>(
    `select cursor.position, endpoint.event_types as "eventTypes"
     from webhook_cursors as cursor join webhook_endpoints as endpoint using (endpoint_id)
     where cursor.endpoint_id = $1 and endpoint.status = 'enabled'
     for update of cursor skip locked`,
    [endpointId],
  );
  return rows[0];
}

export async function moveCursor(tx: Queryable, endpointId: string, position: number): Promise<void> {
  await tx.query('update webhook_cursors set position = $2 where endpoint_id = $1', [endpointId, position]);
}

export interface NewDelivery {
  eventId: string;
  batchId: string;
  position: number;
  index: number;
  type: EventType;
}

export async function insertDeliveries(
  tx: Queryable,
  endpointId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await tx.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::int[], $6::text[])
     on conflict do nothing`,
    [
      endpointId,
      deliveries.map((delivery) => delivery.eventId),
      deliveries.map((delivery) => delivery.batchId),
      deliveries.map((delivery) => delivery.position),
      deliveries.map((delivery) => delivery.index),
      deliveries.map((delivery) => delivery.type),
    ],
  );
}

/** An enabled endpoint that has deliveries due. */
export interface DueEndpoint {
  endpointId: string;
  brandId: string;
  url: string;
  /** Encrypted. */
  secret: Buffer;
  /** Encrypted; null once its overlap is over. */
  previousSecret: Buffer | null;
}

export async function findDueEndpoints(db: Queryable): Promise<DueEndpoint[]> {
  const { rows } = await db.query<DueEndpoint>(
    `select endpoint_id as "endpointId", brand_id as "brandId", url, secret,
       case when previous_secret_until > now() then previous_secret end as "previousSecret"
     from webhook_endpoints as endpoint
     where status = 'enabled' and exists (
       select 1 from webhook_deliveries as delivery
       where delivery.endpoint_id = endpoint.endpoint_id and delivery.status in ('pending', 'failed')
         and delivery.next_attempt_at <= now())`,
  );
  return rows;
}

/** A delivery that this process has taken for one attempt. */
export interface Claim {
  eventId: string;
  batchId: string;
  index: number;
  /** The number of this attempt. */
  attempts: number;
  /** Attempts that failed since the delivery was last queued. */
  failures: number;
}

/**
 * Takes deliveries that are due, each for one attempt; other processes pass over them until the lease is over.
 * @param leaseMs after this an attempt without a result counts as lost.
 */
export async function claimDeliveries(
  db: Queryable,
  endpointId: string,
  atMost: number,
  leaseMs: number,
): Promise<Claim[]> {
  const { rows } = await db.query<Claim>(
    `with due as (
       select endpoint_id, event_id from webhook_deliveries
       where endpoint_id = $1 and status in ('pending', 'failed') and next_attempt_at <= now()
       order by next_attempt_at, event_id limit $2 for update skip locked
     )
     update webhook_deliveries as d set status = 'pending', attempts = attempts + 1,
       last_attempt_at = now(), next_attempt_at = now() + $3 * interval '1 millisecond'
     from due where d.endpoint_id = due.endpoint_id and d.event_id = due.event_id
     returning d.event_id as "eventId", d.batch_id as "batchId", d.event_index as "index", d.attempts, d.failures`,
    [endpointId, atMost, leaseMs],
  );
  return rows;
}

export interface AttemptResult {
  endpointId: string;
  eventId: string;
  /** The number of the attempt. A later one has taken over if it is no longer the latest: then nothing is written. */
  attempts: number;
  status: 'succeeded' | 'failed' | 'abandoned';
  /** Of a failed one: until the next attempt. */
  pauseMs: number | null;
  durationMs: number;
  httpStatus: number | null;
  error: string | null;
  response: string | null;
}

/** Writes what came of an attempt, and keeps since when the endpoint has been failing. */
export async function recordAttempt(db: Queryable, result: AttemptResult): Promise<void> {
  await db.query(
    `with recorded as (
       update webhook_deliveries set status = $4, failures = failures + case when $4 = 'succeeded' then 0 else 1 end,
         next_attempt_at = now() + $5 * interval '1 millisecond', last_duration_ms = $6, last_status = $7,
         last_error = $8, last_response = $9
       where endpoint_id = $1 and event_id = $2 and attempts = $3 and status = 'pending'
       returning endpoint_id
     )
     update webhook_endpoints as endpoint set failing_since = case when $4 = 'succeeded' then null else now() end
     from recorded
     where endpoint.endpoint_id = recorded.endpoint_id and (failing_since is null) <> ($4 = 'succeeded')`,
    [
      result.endpointId,
      result.eventId,
      result.attempts,
      result.status,
      result.pauseMs,
      result.durationMs,
      result.httpStatus,
      result.error,
      result.response,
    ],
  );
}

export async function findAllEndpoints(db: Queryable): Promise<{ endpointId: string; deleted: boolean }[]> {
  const { rows } = await db.query<{ endpointId: string; deleted: boolean }>(
    `select endpoint_id as "endpointId", status = 'deleted' as deleted from webhook_endpoints`,
  );
  return rows;
}

/**
 * Deletes finished deliveries of events more than thirty days old. The rows are named by an array, because a join
 * with a few thousand of them is planned as a scan of the whole table.
 * @returns how many.
 */
export async function deleteOldDeliveries(
  db: Queryable,
  endpointId: string,
  atMost: number,
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from webhook_deliveries
     where endpoint_id = $1 and status in ('succeeded', 'abandoned') and event_id = any (array(
       select event_id from webhook_deliveries
       where endpoint_id = $1 and status in ('succeeded', 'abandoned')
         and event_id < ${firstIdAt("extract(epoch from now() - interval '30 days') * 1000")}
       order by event_id limit $2))`,
    [endpointId, atMost],
  );
  return rowCount ?? 0;
}

/** Deletes deliveries of a deleted endpoint, and the endpoint once they are gone. @returns how many deliveries. */
export async function purgeEndpoint(db: Queryable, endpointId: string, atMost: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from webhook_deliveries
     where endpoint_id = $1 and event_id = any (array(
       select event_id from webhook_deliveries where endpoint_id = $1 order by event_id limit $2))`,
    [endpointId, atMost],
  );
  await db.query(
    `delete from webhook_endpoints where endpoint_id = $1
       and not exists (select 1 from webhook_deliveries where endpoint_id = $1)`,
    [endpointId],
  );
  return rowCount ?? 0;
}
