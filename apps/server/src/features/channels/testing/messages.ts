import { randomUUID } from 'node:crypto';
import type { MessageChannel } from '@promosmith/contract';
import type { Rendered, RenderedInbox, RenderedPopup } from '@promosmith/core/content';
import { newId, playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import type { TestApp } from '../../../testing/test-app.ts';
import type { Compose, MessageRequest, Prepared } from '../index.ts';
import { anEmail, anSms, aPush, aTelegram } from './outgoing.ts';

export const CHANNELS: readonly MessageChannel[] = ['popup', 'inbox', 'email', 'push', 'telegram', 'sms'];

/** A player who agreed to everything, and can be reached by everything that the player's record says. */
export async function aPlayer(app: TestApp, differences: Record<string, unknown> = {}): Promise<string> {
  const externalId = `player-${randomUUID()}`;
  const path = `/v1/players/${externalId}`;
  const body = { email: `${externalId}@example.com`, phone: '+35699123456', country: 'DE', ...differences };
  await app.request('PUT', path, { body });
  await app.request('POST', `${path}/consents`, {
    body: { consents: CHANNELS.map((channel) => ({ product: 'casino', channel, granted: true })) },
  });
  return externalId;
}

export const POPUP: RenderedPopup = {
  channel: 'popup',
  locale: 'en',
  direction: 'ltr',
  blocks: [],
  theme: {
    light: { background: '#ffffff', text: '#000000', accent: '#0000ff', onAccent: '#ffffff' },
    radius: 8,
    position: 'centre',
  },
  dismissible: true,
  expiresAfterMs: 60_000,
  whenShown: { action: 'CODE_IS_SHOWN', data: { code: 'AB-12' } },
};
const INBOX: RenderedInbox = {
  ...{ channel: 'inbox', locale: 'en', direction: 'ltr', blocks: [], expiresAfterMs: 60_000 },
  title: 'Welcome',
  preview: 'Twenty spins',
};

export const CONTENT: Readonly<Record<MessageChannel, Rendered>> = {
  popup: POPUP,
  inbox: INBOX,
  email: anEmail().content,
  push: aPush([]).content,
  telegram: aTelegram().content,
  sms: anSms().content,
};

export function aRequest(
  brandId: string,
  externalId: string,
  differences: Partial<MessageRequest> = {},
): MessageRequest {
  const enrolmentId = newId();
  return {
    brandId,
    playerId: playerId(brandId, externalId),
    playerExternalId: externalId,
    channel: 'popup',
    product: 'casino',
    contentId: newId(),
    contentVersion: 1,
    originKey: `${enrolmentId}/1`,
    origin: { kind: 'journey', journeyId: newId(), enrolmentId, seq: 1 },
    expiresAfterMs: 3_600_000,
    ...differences,
  };
}

/** Renders what its channel has in `CONTENT`, with one label tag. */
export const composed: Compose = async (_tx, drafts) =>
  drafts.map(({ request }) => ({
    ok: true,
    rendered: CONTENT[request.channel],
    labels: { promo_code: 'AB-12' },
  }));

/** Makes messages as a journey does: in a transaction, with the events published. */
export async function prepareMessages(
  app: Pick<TestApp, 'channels' | 'db'>,
  brandId: string,
  requests: readonly MessageRequest[],
  compose: Compose,
): Promise<Prepared[]> {
  const actor = { kind: 'system', id: 'test' } as const;
  return app.db.transaction(async (tx) => {
    const { messages, events } = await app.channels.prepare(tx, brandId, requests, compose);
    await publish(tx, { brandId, actor, correlationId: 'test', time: new Date().toISOString() }, events);
    return messages;
  });
}

/** The same, of the app's own brand. */
export const prepareAll = (
  app: TestApp,
  requests: readonly MessageRequest[],
  compose: Compose = composed,
): Promise<Prepared[]> => prepareMessages(app, app.brand.brandId, requests, compose);

/** Types of the events told of a message, in order. */
export async function eventsOf(app: TestApp, messageId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ type: string }>(
    `select event ->> 'type' as type from outbox, jsonb_array_elements(events::jsonb -> 'events') as event
     where event ->> 'subject' = $1 order by batch_id`,
    [`message/${messageId}`],
  );
  return rows.map(({ type }) => type);
}

/** A message as staff see it. */
export async function messageOf(app: TestApp, messageId: string) {
  const { body } = await app.request('GET', `/v1/messages/${messageId}`);
  return body;
}
