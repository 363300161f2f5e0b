import type { ConnectedChannel } from '@promosmith/contract';
import type { Rendered } from '@promosmith/core/content';
import type { Queryable } from '../../../platform/db.ts';
import { newId, playerId } from '../../../platform/ids.ts';
import { findAddresses } from '../addresses.ts';
import type { AnySender } from './index.ts';
import type { SendResult } from './sender.ts';

const TEXT = 'This is a test. It arrived: the channel is connected.';
const READER = { locale: 'en', direction: 'ltr' } as const;
const TTL_SECONDS = 300;

const CONTENT: Readonly<Record<ConnectedChannel, Rendered>> = {
  email: { ...READER, channel: 'email', subject: 'Test', text: TEXT, html: `<p>${TEXT}</p>` },
  push: { ...READER, channel: 'push', title: 'Test', body: TEXT, icon: null, url: null },
  telegram: { ...READER, channel: 'telegram', text: TEXT, button: null },
  sms: { ...READER, channel: 'sms', text: TEXT },
};

/** @param test.to the address; of push the player. @returns undefined when the player has no browser. */
export async function sendTest(
  db: Queryable,
  sender: AnySender,
  test: { brandId: string; channel: ConnectedChannel; to: string },
): Promise<SendResult | undefined> {
  const { brandId, channel, to } = test;
  const player = playerId(brandId, to);
  const addresses =
    channel === 'push' ? (await findAddresses(db, channel, [player])).get(player) : [{ address: to }];
  if (!addresses) return undefined;
  return sender.send({
    messageId: newId(),
    content: CONTENT[channel],
    addresses,
    ttlSeconds: TTL_SECONDS,
    unsubscribeUrl: 'about:blank',
  });
}
