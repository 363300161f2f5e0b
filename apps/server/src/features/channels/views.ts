import {
  Id,
  type listMessages,
  type Message,
  type MessageOrigin,
  type MessageState,
  type RouteInput,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import { ok } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, LOOKED_THROUGH, toFilteredPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';

interface Row extends Omit<Message, 'createdAt' | 'sentAt' | 'shownAt' | 'expiresAt' | 'origin' | 'state'> {
  origin: MessageOrigin;
  state: MessageState;
  createdAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  shownAt: Date | null;
  endedAt: Date | null;
  expiresAt: Date;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
}

const COLUMNS = `message_id as id, player_external_id as player, channel, product, content_id as "contentId",
  content_version as "contentVersion", locale, origin, state, reason, created_at as "createdAt", sent_at as "sentAt",
  delivered_at as "deliveredAt", shown_at as "shownAt", ended_at as "endedAt", expires_at as "expiresAt", attempts,
  next_attempt_at as "nextAttemptAt", last_error as "lastError"`;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function viewOf(row: Row): Message {
  const {
    deliveredAt: _,
    endedAt: __,
    attempts: ___,
    nextAttemptAt: ____,
    lastError: _____,
    ...message
  } = row;
  return {
    ...message,
    createdAt: message.createdAt.toISOString(),
    sentAt: iso(message.sentAt),
    shownAt: iso(message.shownAt),
    expiresAt: message.expiresAt.toISOString(),
  };
}

const Cursor = z.tuple([Id]);

export async function listOfMessages(
  db: Queryable,
  brandId: string,
  { cursor, limit, player, channel, state }: RouteInput<typeof listMessages>['query'],
): Promise<Result<{ items: Message[]; nextCursor: string | null }>> {
  const before = decodeCursor(cursor, Cursor);
  if (!before.ok) return before;
  const isFiltered = channel !== undefined || state !== undefined;
  const values = [brandId, before.value?.[0] ?? null];
  const found = `from messages where brand_id = $1 and ($2::uuid is null or message_id < $2)
    ${player === undefined ? '' : `and player_id = $${values.push(playerId(brandId, player))}`}
    order by message_id desc`;
  const wanted = values.length + 1;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from (select * ${found} limit ${isFiltered ? LOOKED_THROUGH : limit + 1}) looked
     where ($${wanted}::text is null or channel = $${wanted}) and ($${wanted + 1}::text is null or state = $${wanted + 1})
     order by message_id desc limit $${wanted + 2}`,
    [...values, channel ?? null, state ?? null, limit + 1],
  );
  const endOfLook = async () => {
    if (!isFiltered) return undefined;
    const end = await db.query<{ id: string }>(
      `select message_id as id ${found} offset ${LOOKED_THROUGH - 1} limit 1`,
      values,
    );
    return end.rows[0] && [end.rows[0].id];
  };
  return ok(await toFilteredPage(rows, limit, ({ id }) => [id], viewOf, endOfLook));
}

export interface MessageDetail extends Message {
  timeline: { at: string; what: MessageState | 'delivered'; detail: string | null }[];
  attempts: number;
  nextAttemptAt: string | null;
  lastError: string | null;
}

export async function findMessage(
  db: Queryable,
  brandId: string,
  messageId: string,
): Promise<MessageDetail | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from messages where brand_id = $1 and message_id = $2`,
    [brandId, messageId],
  );
  return rows[0] && detailOf(rows[0]);
}

const detailOf = (row: Row): MessageDetail => ({
  ...viewOf(row),
  timeline: timelineOf(row),
  attempts: row.attempts,
  nextAttemptAt: iso(row.nextAttemptAt),
  lastError: row.lastError,
});

/** The messages of a player's run through a journey, in the order they were made. */
export async function findMessagesOf(
  db: Queryable,
  playerId: string,
  enrolmentId: string,
): Promise<MessageDetail[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from messages where player_id = $1 and origin ->> 'enrolmentId' = $2 order by message_id`,
    [playerId, enrolmentId],
  );
  return rows.map(detailOf);
}

function timelineOf(row: Row): MessageDetail['timeline'] {
  const moments: [Date | null, MessageDetail['timeline'][number]['what'], string | null][] = [
    [row.createdAt, 'prepared', null],
    [row.sentAt, 'sent', null],
    [row.deliveredAt, 'delivered', null],
    [row.shownAt, 'shown', null],
    [row.endedAt, row.state, row.reason],
  ];
  return moments.flatMap(([at, what, detail]) => (at ? [{ at: at.toISOString(), what, detail }] : []));
}
