import type { Queryable } from '../../../platform/db.ts';
import type { GrantKey } from './queue.ts';
import { type Delivery, LEASE_MS } from './sender.ts';

/** One target of one brand: a slow one holds up nobody else. */
export interface Lane {
  readonly brandId: string;
  readonly target: string;
}

/** The lanes in which something is due. */
export async function findDueLanes(db: Queryable, targets: readonly string[]): Promise<Lane[]> {
  const { rows } = await db.query<Lane>(
    `select b.brand_id as "brandId", t.target from brands b cross join unnest($1::text[]) as t (target)
     where exists (select from deliveries d where d.brand_id = b.brand_id and d.target = t.target
                   and d.state = 'waiting' and d.next_attempt_at <= now())`,
    [targets],
  );
  return rows;
}

/** A delivery under way. */
export interface Claim extends Delivery {
  /** Attempts that failed since it was last queued. */
  readonly failures: number;
}

/** Takes deliveries that are due, the longest waiting first; nobody else takes them until their lease is over. */
export async function claimDeliveries(
  db: Queryable,
  { brandId, target }: Lane,
  atMost: number,
): Promise<Claim[]> {
  const { rows } = await db.query<Claim>(
    `update deliveries d set attempts = d.attempts + 1, last_attempt_at = now(),
       next_attempt_at = now() + $4 * interval '1 ms'
     from (select player_id, delivery_id from deliveries
           where brand_id = $1 and target = $2 and state = 'waiting' and next_attempt_at <= now()
           order by next_attempt_at limit $3 for update skip locked) due
     join players p on p.player_id = due.player_id
     where d.player_id = due.player_id and d.delivery_id = due.delivery_id
     returning d.delivery_id as "deliveryId", d.player_id as "playerId", p.external_id as "playerExternalId",
       d.brand_id as "brandId", d.grant_id as "grantId", d.operation, d.payload, d.attempts as attempt, d.failures`,
    [brandId, target, atMost, LEASE_MS],
  );
  return rows;
}

/** The bonus of a delivery, as far as its end tells of it. */
export interface DeliveredGrant {
  readonly status: string;
  readonly kind: string;
  readonly campaignId: string;
  /** The database's clock. */
  readonly now: Date;
}

/** Bonuses are locked before their deliveries. */
export async function lockGrant(tx: Queryable, { playerId, grantId }: GrantKey): Promise<DeliveredGrant> {
  const { rows } = await tx.query<DeliveredGrant>(
    `select status, kind, campaign_id as "campaignId", now() as now from grants
     where player_id = $1 and grant_id = $2 for update`,
    [playerId, grantId],
  );
  const [grant] = rows;
  if (!grant) throw new Error(`grant ${grantId} has a delivery, but is not there`);
  return grant;
}

/** What an attempt left on its delivery. */
export interface Attempted {
  readonly state: 'waiting' | 'delivered' | 'failed' | 'refused';
  /** Until the next attempt; null when there is none. */
  readonly pauseMs: number | null;
  readonly error: string | null;
  readonly response: unknown;
}

/** Guarded: what a later attempt, a person or a cancellation overtook is not written. @returns whether it was. */
export async function recordAttempt(
  tx: Queryable,
  { playerId, deliveryId, attempt }: Delivery,
  { state, pauseMs, error, response }: Attempted,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update deliveries set state = $4, failures = case when $4 in ('waiting', 'failed') then failures + 1 else failures end,
       next_attempt_at = now() + $5 * interval '1 ms', last_error = $6, response = $7, changed_at = now()
     where player_id = $1 and delivery_id = $2 and attempts = $3 and state = 'waiting'`,
    [playerId, deliveryId, attempt, state, pauseMs, error, JSON.stringify(response ?? null)],
  );
  return rowCount === 1;
}

/**
 * A cancellation that waits for the end of an attempt under way need not wait for its lease any longer: this was the
 * last attempt, and it is over.
 * @returns whether there was one.
 */
export async function releaseCancellation(
  db: Queryable,
  { playerId, grantId, deliveryId, attempt }: Delivery,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update deliveries c set next_attempt_at = now(), changed_at = now() from deliveries i
     where i.player_id = $1 and i.delivery_id = $3 and i.operation = 'issue' and i.attempts = $4
       and c.player_id = $1 and c.grant_id = $2 and c.operation = 'cancel' and c.state = 'waiting' and c.attempts = 0`,
    [playerId, grantId, deliveryId, attempt],
  );
  return (rowCount ?? 0) > 0;
}

/** @param to of a bonus whose state is `from`; any other is left alone. */
export async function moveGrant(
  tx: Queryable,
  { playerId, grantId }: GrantKey,
  from: string,
  to: string,
): Promise<void> {
  await tx.query(
    `update grants set status = $4, changed_at = now() where player_id = $1 and grant_id = $2 and status = $3`,
    [playerId, grantId, from, to],
  );
}

/**
 * Queues a delivery that was given up again, or makes one due that pauses. One that is under way stays as it is.
 * @returns whether there was one to queue.
 */
export async function requeue(tx: Queryable, playerId: string, deliveryId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update deliveries set failures = case when state = 'failed' then 0 else failures end, state = 'waiting',
       next_attempt_at = case when state = 'waiting' and next_attempt_at = last_attempt_at + $3 * interval '1 ms'
         then next_attempt_at else now() end,
       changed_at = now()
     where player_id = $1 and delivery_id = $2 and state in ('waiting', 'failed')`,
    [playerId, deliveryId, LEASE_MS],
  );
  return rowCount === 1;
}
