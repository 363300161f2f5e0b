import type { Actor, MessageChannel, Product } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Rendered } from '@promosmith/core/content';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { publish } from '../../platform/outbox.ts';
import { type Preparing, prepare } from './messages/prepare.ts';

export interface By {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

interface Row {
  playerId: string;
  playerExternalId: string;
  channel: MessageChannel;
  product: Product;
  contentId: string;
  contentVersion: number;
  rendered: Rendered | null;
  labels: Record<string, string | number>;
  state: string;
  leftMs: number;
}

/** @returns the id of the new message, or of the one that it was sent again as before. */
export function createResend(db: Database, preparing: Preparing) {
  return (by: By, messageId: string): Promise<Result<string>> =>
    db.transaction(async (tx): Promise<Result<string>> => {
      const row = await findFailed(tx, by.brandId, messageId);
      if (!row) return refuse('not_found', 'There is no such message.');
      const { rendered, labels, state, leftMs, ...request } = row;
      if (state !== 'failed' || rendered === null || leftMs <= 0)
        return refuse('conflict', 'Only a message that failed, and whose time is not over, is sent again.');
      const { messages, events } = await prepare(
        preparing,
        tx,
        by.brandId,
        [
          {
            ...request,
            brandId: by.brandId,
            expiresAfterMs: leftMs,
            originKey: `resent/${messageId}`,
            origin: { kind: 'resent', messageId, by: by.actor.id },
          },
        ],
        async (_tx, drafts) => drafts.map(() => ({ ok: true, rendered, labels })),
      );
      const [made] = messages;
      if (!made) throw new Error(`message ${messageId} was not made again`);
      const { brandId, actor, requestId } = by;
      const time = new Date().toISOString();
      await publish(tx, { brandId, actor, correlationId: requestId, time }, events);
      await audit(tx, {
        ...by,
        action: 'message.resent',
        targetKind: 'message',
        targetId: messageId,
        after: { messageId: made.messageId },
      });
      return ok(made.messageId);
    });
}

async function findFailed(tx: Queryable, brandId: string, messageId: string): Promise<Row | undefined> {
  const { rows } = await tx.query<Row>(
    `select player_id as "playerId", player_external_id as "playerExternalId", channel, product,
       content_id as "contentId", content_version as "contentVersion", rendered, labels, state,
       (extract(epoch from expires_at - now()) * 1000)::bigint as "leftMs"
     from messages where brand_id = $1 and message_id = $2`,
    [brandId, messageId],
  );
  return rows[0];
}
