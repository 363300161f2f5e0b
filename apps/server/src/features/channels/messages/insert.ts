import type { MessageState, SuppressionReason } from '@promosmith/contract';
import type { Rendered } from '@promosmith/core/content';
import type { LabelValue } from '@promosmith/core/labels';
import type { Queryable } from '../../../platform/db.ts';
import type { Moved } from './announce.ts';
import type { Counted } from './caps.ts';
import type { MessageRequest, Prepared } from './message.ts';

const PREPARED = `player_id as "playerId", message_id as "messageId", origin_key as "originKey", state, reason,
  expires_at as "expiresAt"`;

/** The messages that requests have already, by player and origin key. */
export async function findByOrigin(
  tx: Queryable,
  requests: readonly Pick<MessageRequest, 'playerId' | 'originKey'>[],
): Promise<Map<string, Prepared>> {
  const { rows } = await tx.query<Prepared>(
    `select ${PREPARED} from messages
     where (player_id, origin_key) in (select * from unnest($1::uuid[], $2::text[])) and player_id = any($1::uuid[])`,
    [requests.map(({ playerId }) => playerId), requests.map(({ originKey }) => originKey)],
  );
  return new Map(rows.map((row) => [`${row.playerId} ${row.originKey}`, row]));
}

export interface NewMessage {
  readonly request: MessageRequest;
  readonly messageId: string;
  readonly rendered: Rendered | null;
  readonly labels: Readonly<Record<string, LabelValue>>;
  /** Keys of codes it tells that no label tag drew. */
  readonly codes: readonly string[] | null;
  readonly state: Extract<MessageState, 'prepared' | 'sent' | 'suppressed'>;
  readonly reason: SuppressionReason | null;
  /** Why it could not be rendered. */
  readonly problem: string | null;
  readonly counted: Counted;
}

/** A message as it was stored, with what is told of it. */
export interface StoredMessage extends Omit<Moved, 'outcome'> {
  readonly prepared: Prepared;
  /** null while it waits to be sent. */
  readonly outcome: 'sent' | 'suppressed' | null;
}

/** Language undetermined (BCP 47): of what was not rendered. */
const NO_LOCALE = 'und';

/**
 * @throws when one of the same origin was stored in the meantime: the transaction is done again, and finds it.
 */
export async function insertMessages(
  tx: Queryable,
  messages: readonly NewMessage[],
): Promise<StoredMessage[]> {
  if (messages.length === 0) return [];
  const { rows } = await tx.query<Prepared & { at: Date }>(
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product,
       content_id, content_version, locale, rendered, labels, codes, state, reason, counted, last_error, next_attempt_at,
       sent_at, ended_at, expires_at)
     select player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product, content_id,
       content_version, locale, rendered, labels, codes, state, reason, counted, problem,
       case when state = 'prepared' then now() end, case when state = 'sent' then now() end,
       case when state = 'suppressed' then now() end, now() + expires_after_ms * interval '1 millisecond'
     from jsonb_to_recordset($1::jsonb) as given (player_id uuid, message_id uuid, brand_id uuid,
       player_external_id text, origin_key text, origin jsonb, channel text, product text, content_id uuid,
       content_version int, locale text, rendered jsonb, labels jsonb, codes uuid[], state text, reason text, counted jsonb,
       problem text, expires_after_ms bigint)
     order by player_id, message_id
     returning ${PREPARED}, created_at as at`,
    [JSON.stringify(messages.map(columnsOf))],
  );
  const requests = new Map(messages.map(({ messageId, request }) => [messageId, request]));
  return rows.map(({ at, ...prepared }) => {
    const request = requests.get(prepared.messageId);
    if (!request) throw new Error(`message ${prepared.messageId} was never asked for`);
    const { state } = prepared;
    return {
      ...request,
      ...prepared,
      prepared,
      at,
      outcome: state === 'sent' || state === 'suppressed' ? state : null,
    };
  });
}

const columnsOf = ({ request, messageId, problem, ...message }: NewMessage): Record<string, unknown> => ({
  ...message,
  problem,
  player_id: request.playerId,
  message_id: messageId,
  brand_id: request.brandId,
  player_external_id: request.playerExternalId,
  origin_key: request.originKey,
  origin: request.origin,
  channel: request.channel,
  product: request.product,
  content_id: request.contentId,
  content_version: request.contentVersion,
  locale: message.rendered?.locale ?? NO_LOCALE,
  expires_after_ms: request.expiresAfterMs,
});
