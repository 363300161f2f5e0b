import {
  deleteChannelConnection,
  getChannelCaps,
  listChannelConnections,
  putChannelConnection,
  rotatePushKeys,
  setChannelCaps,
  setTelegramChat,
  testChannelConnection,
} from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { reply } from '../../../platform/http/server.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import { loadPlayers } from '../../players/index.ts';
import { setChat } from '../addresses.ts';
import type { SenderPool } from '../senders/pool.ts';
import { sendTest } from '../senders/test-message.ts';
import { type By, type Connections, notConnected } from './service.ts';

const byOf = ({ caller: { brandId, actor }, requestId }: RequestContext): By => ({
  brandId,
  actor,
  requestId,
});

export function mountConnections(
  { db, http }: Pick<Platform, 'db' | 'http'>,
  connections: Connections,
  senders: SenderPool,
): void {
  http.mount(listChannelConnections, async (_, { caller }) =>
    reply(200, { items: await connections.list(caller.brandId) }),
  );

  http.mount(putChannelConnection, async ({ params, body }, context) => {
    const put = await connections.put(byOf(context), params.channel, body);
    return put.ok
      ? reply(put.value.created ? 201 : 200, { ...put.value.connection, receiptUrl: put.value.receiptUrl })
      : put;
  });

  http.mount(deleteChannelConnection, async ({ params }, context) => {
    const removed = await connections.remove(byOf(context), params.channel);
    return removed.ok ? reply(204, undefined) : removed;
  });

  http.mount(rotatePushKeys, async (_, context) => {
    const rotated = await connections.rotatePushKeys(byOf(context));
    return rotated.ok ? reply(200, rotated.value) : rotated;
  });

  http.mount(testChannelConnection, async ({ params, body }, { caller }) => {
    const sender = await senders.get(caller.brandId, params.channel);
    if (!sender) return notConnected(params.channel);
    const result = await sendTest(db, sender, { ...params, ...body, brandId: caller.brandId });
    if (!result) return refuse('not_found', 'The player has no browser that gets push messages.');
    return reply(200, { outcome: result.kind, detail: result.kind === 'sent' ? null : result.reason });
  });

  http.mount(getChannelCaps, async (_, { caller }) =>
    reply(200, { items: await connections.caps(db, caller.brandId) }),
  );

  http.mount(setChannelCaps, async ({ body }, context) =>
    reply(200, { items: await connections.setCaps(byOf(context), body.items) }),
  );

  http.mount(setTelegramChat, async ({ params, body }, { caller, requestId }) => {
    const { brandId, actor } = caller;
    const id = playerId(brandId, params.externalId);
    const found = await loadPlayers(db, [id]);
    if (!found.has(id)) return refuse('not_found', `There is no player "${params.externalId}".`);
    await db.transaction(async (tx) => {
      await setChat(tx, { brandId, playerId: id }, body.chatId);
      await audit(tx, {
        ...{ brandId, actor, requestId },
        action: 'player.telegram_chat_set',
        targetKind: 'player',
        targetId: id,
        after: { known: body.chatId !== null },
      });
    });
    return reply(204, undefined);
  });
}
