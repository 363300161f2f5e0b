import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { answers, type Receiver, startReceiver } from '../../webhooks/testing/receiver.ts';
import { makeCertificate, trust } from '../testing/certificate.ts';
import { aPlayer, aRequest, CONTENT, eventsOf, messageOf, prepareAll } from '../testing/messages.ts';
import { type Browser, type PushService, startPushService } from '../testing/push-service.ts';
import { until } from '../testing/until.ts';

/** Push and Telegram as a brand uses them: connected and subscribed over HTTP, sent by the queue to real peers. */
let app: TestApp;
let push: PushService;
let bot: Receiver;
let trusted: Disposable;
beforeAll(async () => {
  const certificate = makeCertificate();
  trusted = trust(certificate);
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  push = await startPushService(certificate);
  bot = await startReceiver();
  const connect = (channel: string, body: object) => app.request('PUT', `/v1/channels/${channel}`, { body });
  await connect('push', { kind: 'vapid', subject: 'mailto:push@lucky-star.example' });
  await connect('telegram', {
    ...{ kind: 'telegram', apiUrl: bot.url(''), botToken: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' },
  });
});
afterAll(async () => {
  await app.close();
  await push[Symbol.asyncDispose]();
  await bot[Symbol.asyncDispose]();
  trusted[Symbol.dispose]();
});

async function send(player: string, channel: 'push' | 'telegram'): Promise<string> {
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel })]);
  return message!.messageId;
}
const endOf = async (messageId: string): Promise<string> => {
  await until(async () => (await messageOf(app, messageId)).state !== 'prepared');
  return (await messageOf(app, messageId)).state;
};

describe('a push message', () => {
  /** A browser of the player's that has asked for the key and subscribed with it. */
  async function subscribed(player: string): Promise<Browser> {
    const key = await app.playerToken(player);
    const { body } = await app.request('GET', '/v1/me/push-key', { key });
    const browser = push.browser(body.publicKey);
    const { address: endpoint, keys } = browser.address;
    const { p256dh, auth } = keys!;
    const subscription = { endpoint, expirationTime: null, keys: { p256dh, auth } };
    const put = await app.request('PUT', '/v1/me/push-subscription', { key, body: subscription });
    expect(put.status).toBe(204);
    return browser;
  }
  const pushedTo = ({ path }: Browser) => push.received.filter((one) => one.path === path);

  it('reaches each browser of its player, encrypted for it alone, signed by us', async () => {
    const player = await aPlayer(app);
    const browsers = [await subscribed(player), await subscribed(player)];
    await subscribed(await aPlayer(app));
    const before = push.received.length;
    const messageId = await send(player, 'push');
    expect(await endOf(messageId)).toBe('sent');
    const { title, body } = CONTENT.push as { title: string; body: string };
    for (const browser of browsers)
      expect(pushedTo(browser)).toMatchObject([
        {
          payload: { messageId, title, body },
          claims: { sub: 'mailto:push@lucky-star.example' },
        },
      ]);
    expect(push.received.length).toBe(before + 2);
    expect(await eventsOf(app, messageId)).toEqual(['message.sent']);
  });

  it('goes on with the browsers that are left, and has failed when none is', async () => {
    const player = await aPlayer(app);
    const [first, second] = [await subscribed(player), await subscribed(player)];
    push.answer(first.path, 410);
    expect(await endOf(await send(player, 'push'))).toBe('sent');
    const addresses = async () =>
      (
        await app.db.query('select 1 from player_addresses where address = any($1)', [
          [first.address.address, second.address.address],
        ])
      ).rowCount;
    expect(await addresses()).toBe(1);
    push.answer(second.path, 404);
    const messageId = await send(player, 'push');
    expect(await endOf(messageId)).toBe('failed');
    expect(await addresses()).toBe(0);
    expect(await eventsOf(app, messageId)).toEqual(['message.failed']);
    const [next] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'push' })]);
    expect(next).toMatchObject({ state: 'suppressed', reason: 'no_address' });
  });

  it('is tried again after the push service was out of order', async () => {
    const player = await aPlayer(app);
    const browser = await subscribed(player);
    push.answer(browser.path, 500);
    const messageId = await send(player, 'push');
    await until(async () => (await messageOf(app, messageId)).lastError !== null);
    push.answer(browser.path, 201);
    await app.db.query('update messages set next_attempt_at = now() where message_id = $1', [messageId]);
    expect(await endOf(messageId)).toBe('sent');
    expect((await messageOf(app, messageId)).attempts).toBe(2);
  });
});

describe('a Telegram message', () => {
  const TAKEN = answers(200, {}, '{"ok":true,"result":{"message_id":7}}');
  async function inChat(chatId: string): Promise<string> {
    const player = await aPlayer(app);
    await app.request('PUT', `/v1/players/${player}/telegram-chat`, { body: { chatId } });
    return player;
  }
  const toldTo = (chatId: string) =>
    bot.received
      .map(({ path, body }) => ({ path, ...JSON.parse(body) }))
      .filter(({ chat_id }) => String(chat_id) === chatId);

  it('reaches the chat of its player by the bot', async () => {
    bot.behave(TAKEN);
    const messageId = await send(await inChat('4201'), 'telegram');
    expect(await endOf(messageId)).toBe('sent');
    expect(toldTo('4201')).toMatchObject([
      { path: '/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage', text: expect.any(String) },
    ]);
    expect(await eventsOf(app, messageId)).toEqual(['message.sent']);
  });

  it('waits as long as the bot is told to, which is no failure', async () => {
    bot.behave(
      answers(
        429,
        {},
        '{"ok":false,"error_code":429,"description":"Too Many","parameters":{"retry_after":30}}',
      ),
    );
    const messageId = await send(await inChat('4202'), 'telegram');
    await until(async () => (await messageOf(app, messageId)).lastError !== null);
    const { state, nextAttemptAt } = await messageOf(app, messageId);
    expect(state).toBe('prepared');
    expect(Date.parse(nextAttemptAt) - Date.now()).toBeGreaterThan(10_000);
    bot.behave(TAKEN);
    await app.db.query('update messages set next_attempt_at = now() where message_id = $1', [messageId]);
    expect(await endOf(messageId)).toBe('sent');
    expect(toldTo('4202')).toHaveLength(2);
  });

  it('goes nowhere once the chat is taken away', async () => {
    const player = await inChat('4203');
    await app.request('PUT', `/v1/players/${player}/telegram-chat`, { body: { chatId: null } });
    const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'telegram' })]);
    expect(message).toMatchObject({ state: 'suppressed', reason: 'no_address' });
  });
});
