import type { ConnectedChannel, MessageChannel, SuppressionReason } from '@promosmith/contract';
import type { Rendered } from '@promosmith/core/content';
import type { Queryable } from '../../../platform/db.ts';
import type { Counted } from '../messages/caps.ts';
import { consented } from '../messages/eligibility.ts';
import type { MessageKey, MovedRow } from '../messages/moves.ts';
import { MOVED } from '../messages/moves.ts';

export interface DueChannel {
  readonly brandId: string;
  readonly channel: ConnectedChannel;
}

/**
 * Brands and channels with messages that are due. Steps from one pair to the next in the index: reading all that wait to
 * find a few pairs would take as long as they are many.
 */
export async function findDueChannels(db: Queryable): Promise<DueChannel[]> {
  const { rows } = await db.query<DueChannel>(
    `with recursive pair as (
       (select brand_id, channel from messages where state = 'prepared' order by brand_id, channel limit 1)
       union all
       select next.brand_id, next.channel from pair cross join lateral (
         select m.brand_id, m.channel from messages as m
         where m.state = 'prepared' and (m.brand_id, m.channel) > (pair.brand_id, pair.channel)
         order by m.brand_id, m.channel limit 1
       ) as next
     )
     select brand_id as "brandId", channel from pair where exists (
       select 1 from messages as m where m.brand_id = pair.brand_id and m.channel = pair.channel
         and m.state = 'prepared' and m.next_attempt_at <= now() and m.expires_at > now())`,
  );
  return rows;
}

/** A message that this process has taken for one attempt. */
export interface SendClaim extends MessageKey {
  readonly brandId: string;
  readonly channel: MessageChannel;
  readonly rendered: Rendered;
  /** The number of this attempt. */
  readonly attempts: number;
  readonly failures: number;
  readonly ttlSeconds: number;
  readonly email: string | null;
  readonly phone: string | null;
  /** Why it may not be sent any more. */
  readonly obstacle: Extract<SuppressionReason, 'self_excluded' | 'no_consent' | 'no_address'> | null;
}

/**
 * Takes messages that are due, each for one attempt; other processes pass over them until the lease is over. What
 * allows them to be sent is looked at again.
 */
export async function claimMessages(
  db: Queryable,
  { brandId, channel }: DueChannel,
  atMost: number,
  leaseMs: number,
): Promise<SendClaim[]> {
  const { rows } = await db.query<SendClaim>(
    `with due as (
       select player_id, message_id from messages
       where brand_id = $1 and channel = $2 and state = 'prepared' and next_attempt_at <= now() and expires_at > now()
       order by next_attempt_at, message_id limit $3 for update skip locked
     )
     update messages as m set attempts = m.attempts + 1, next_attempt_at = now() + $4 * interval '1 millisecond'
     from due left join players as p on p.player_id = due.player_id
     where m.player_id = due.player_id and m.message_id = due.message_id
     returning m.player_id as "playerId", m.message_id as "messageId", m.brand_id as "brandId", m.channel, m.rendered,
       m.attempts, m.failures, p.email, p.phone,
       ceil(extract(epoch from m.expires_at - now()))::int as "ttlSeconds",
       case when p.player_id is null then 'no_address'
         when p.self_excluded_until > now() then 'self_excluded'
         when not ${consented('p', 'm.product', 'm.channel')} then 'no_consent' end as obstacle`,
    [brandId, channel, atMost, leaseMs],
  );
  return rows;
}

/** The attempt that writes a result: a later one may have taken over, and then nothing is written. */
export interface Attempt extends MessageKey {
  readonly attempts: number;
}

const LATEST = `m.player_id = $1 and m.message_id = $2 and m.attempts = $3 and m.state = 'prepared'`;

export async function recordSent(tx: Queryable, attempt: Attempt): Promise<MovedRow | undefined> {
  const { rows } = await tx.query<MovedRow>(
    `update messages as m set state = 'sent', sent_at = now(), next_attempt_at = null, last_error = null,
       changed_at = clock_timestamp() where ${LATEST} returning ${MOVED}`,
    [attempt.playerId, attempt.messageId, attempt.attempts],
  );
  return rows[0];
}

/** What the other side calls a message. A name told before stays with its first message. */
export async function recordReferences(
  tx: Queryable,
  { brandId, channel, playerId, messageId }: MessageKey & DueChannel,
  references: readonly string[],
): Promise<void> {
  await tx.query(
    `insert into message_references (brand_id, channel, reference, player_id, message_id)
     select $1, $2, reference, $3, $4 from unnest($5::text[]) as given (reference)
     on conflict do nothing`,
    [brandId, channel, playerId, messageId, references],
  );
}

/** Ends a message that was never sent. */
export async function recordEnd(
  tx: Queryable,
  attempt: Attempt,
  state: 'failed' | 'suppressed',
  reason: string,
): Promise<(MovedRow & { counted: Counted }) | undefined> {
  const { rows } = await tx.query<MovedRow & { counted: Counted }>(
    `update messages as m set state = $4, reason = $5, last_error = $5, next_attempt_at = null, ended_at = now(),
       failures = failures + case when $4 = 'failed' then 1 else 0 end, changed_at = clock_timestamp()
     where ${LATEST} returning ${MOVED}, m.counted`,
    [attempt.playerId, attempt.messageId, attempt.attempts, state, reason],
  );
  return rows[0];
}

/** Lets a message wait for its next attempt. @param failed whether this one counts as a failure. */
export async function recordPause(
  db: Queryable,
  attempt: Attempt,
  { pauseMs, error, failed }: { pauseMs: number; error: string; failed: boolean },
): Promise<void> {
  await db.query(
    `update messages as m set next_attempt_at = now() + $4 * interval '1 millisecond', last_error = $5,
       failures = failures + case when $6 then 1 else 0 end
     where ${LATEST}`,
    [attempt.playerId, attempt.messageId, attempt.attempts, pauseMs, error, failed],
  );
}

export async function findReferenced(
  tx: Queryable,
  { brandId, channel }: DueChannel,
  reference: string,
): Promise<MessageKey | undefined> {
  const { rows } = await tx.query<MessageKey>(
    `select player_id as "playerId", message_id as "messageId" from message_references
     where brand_id = $1 and channel = $2 and reference = $3`,
    [brandId, channel, reference],
  );
  return rows[0];
}

export async function recordDelivered(tx: Queryable, { playerId, messageId }: MessageKey): Promise<void> {
  await tx.query(
    `update messages set delivered_at = now() where player_id = $1 and message_id = $2 and delivered_at is null`,
    [playerId, messageId],
  );
}

/** Of a message that was sent, and did not arrive after all. */
export async function recordUndelivered(
  tx: Queryable,
  { playerId, messageId }: MessageKey,
  reason: string,
): Promise<MovedRow | undefined> {
  const { rows } = await tx.query<MovedRow>(
    `update messages as m set state = 'failed', reason = $3, ended_at = now(), changed_at = clock_timestamp()
     where m.player_id = $1 and m.message_id = $2 and m.state = 'sent' returning ${MOVED}`,
    [playerId, messageId, reason],
  );
  return rows[0];
}

/** Deletes names of messages that no receipt will come for any more. @returns how many. */
export async function deleteOldReferences(db: Queryable, atMost: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from message_references where (brand_id, channel, reference) in (
       select brand_id, channel, reference from message_references
       where created_at < now() - interval '30 days' order by created_at limit $1)`,
    [atMost],
  );
  return rowCount ?? 0;
}
