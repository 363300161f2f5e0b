import type { Queryable } from '../../../platform/db.ts';
import type { Moved } from './announce.ts';
import type { Counted } from './caps.ts';

/** What is told of a message that moved. */
export const MOVED = `m.player_id as "playerId", m.message_id as "messageId", m.brand_id as "brandId",
  m.player_external_id as "playerExternalId", m.origin_key as "originKey", m.origin, m.channel,
  m.content_id as "contentId", m.content_version as "contentVersion", m.reason, m.changed_at as at`;

export type MovedRow = Omit<Moved, 'outcome'>;

/** Whose message. */
export interface MessageKey {
  readonly playerId: string;
  readonly messageId: string;
}

/** Shown, if it waits to be; for good, whoever asks. @returns undefined when somebody was before. */
export async function moveToShown(
  tx: Queryable,
  { playerId, messageId }: MessageKey,
): Promise<(MovedRow & Pick<ShownRow, 'rendered' | 'labels'>) | undefined> {
  const { rows } = await tx.query<ShownRow>(
    `update messages as m set state = 'shown', shown_at = now(), changed_at = clock_timestamp()
     where player_id = $1 and message_id = $2 and state = 'sent' and expires_at > now()
     returning ${MOVED}, rendered, labels`,
    [playerId, messageId],
  );
  return rows[0];
}

type ShownRow = MovedRow & {
  readonly rendered: {
    readonly whenShown?: { readonly action: string; readonly data: Readonly<Record<string, unknown>> } | null;
  };
  readonly labels: Readonly<Record<string, string | number>>;
};

/** Clicked or dismissed, if it is shown. */
export async function moveToEnd(
  tx: Queryable,
  { playerId, messageId }: MessageKey,
  state: 'clicked' | 'dismissed',
): Promise<MovedRow | undefined> {
  const { rows } = await tx.query<MovedRow>(
    `update messages as m set state = $3, ended_at = now(), changed_at = clock_timestamp()
     where player_id = $1 and message_id = $2 and state = 'shown' returning ${MOVED}`,
    [playerId, messageId, state],
  );
  return rows[0];
}

/**
 * Ends messages whose time is over: those never sent, and those of the widget that nobody clicked or dismissed.
 * @returns those that expired; of those never sent, what they were counted in is to be given back.
 */
export async function expireMessages(
  tx: Queryable,
  atMost: number,
): Promise<(MovedRow & { counted: Counted; unsent: boolean })[]> {
  const { rows } = await tx.query<MovedRow & { counted: Counted; unsent: boolean }>(
    `with due as (
       select player_id, message_id, state from messages
       where expires_at <= now() and (state = 'prepared' or (channel in ('popup', 'inbox') and state in ('sent', 'shown')))
         and (state <> 'prepared' or next_attempt_at <= now())
       order by expires_at limit $1 for update skip locked
     )
     update messages as m set state = 'expired', ended_at = now(), changed_at = clock_timestamp(), next_attempt_at = null
     from due where m.player_id = due.player_id and m.message_id = due.message_id
     returning ${MOVED}, m.counted, due.state = 'prepared' as unsent`,
    [atMost],
  );
  return rows;
}
