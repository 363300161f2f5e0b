import {
  aRequest,
  composed,
  prepareMessages,
} from '../../apps/server/src/features/channels/testing/messages.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A channel that is connected, and a message that a player got. */
export interface MessageThings {
  /** A name that every brand has. */
  channel: string;
  messageId: string;
}

/** Connects web push, caps a channel, and shows the player a popup. */
export async function buildMessages(app: TestApp, key: string, player: string): Promise<MessageThings> {
  const put = (path: string, body: object) => done(app.request('PUT', path, { key, body }));
  await put('/v1/channels/push', { kind: 'vapid', subject: 'mailto:push@lucky-star.example' });
  await put('/v1/channel-caps', { items: [{ channel: 'inbox', period: 'week', maximum: 3 }] });
  await done(
    app.request('POST', `/v1/players/${player}/consents`, {
      key,
      body: { consents: [{ product: 'casino', channel: 'popup', granted: true }] },
    }),
  );
  const { brandId } = await done(app.request('GET', '/v1/brand', { key }));
  const [message] = await prepareMessages(app, brandId, [aRequest(brandId, player)], composed);
  if (message?.state !== 'sent') throw new Error(`the popup is ${message?.state}: ${message?.reason}`);
  return { channel: 'push', messageId: message.messageId };
}
