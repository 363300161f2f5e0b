import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createAgent } from '../../../platform/outbound/agent.ts';
import { aPush } from '../testing/outgoing.ts';
import { type PushService, startPushService } from '../testing/push-service.ts';
import { createPushSender, newVapidKeys } from './push.ts';

const keys = newVapidKeys();
let service: PushService;
beforeAll(async () => {
  service = await startPushService();
});
afterAll(() => service[Symbol.asyncDispose]());
beforeEach(() => {
  service.received.length = 0;
});

const sender = (older: ReturnType<typeof newVapidKeys>[] = []) =>
  createPushSender(
    { subject: 'mailto:push@lucky-star.example', keys: [keys, ...older] },
    { agent: service.agent, timeoutMs: 3000 },
  );

describe('a push message', () => {
  it('is encrypted for the browser and signed by the key it subscribed with', async () => {
    const browser = service.browser(keys.publicKey);
    const message = aPush([browser.address]);
    expect(await sender().send(message)).toMatchObject({ kind: 'sent' });
    const [{ headers, claims, payload } = expect.fail('nothing arrived')] = service.received;
    expect(payload).toEqual({
      messageId: message.messageId,
      title: 'Freispiele',
      body: '20 für Sie',
      icon: null,
      url: 'https://casino.example/',
      lang: 'de',
      dir: 'ltr',
    });
    expect(claims).toMatchObject({
      aud: new URL(browser.address.address).origin,
      sub: 'mailto:push@lucky-star.example',
    });
    expect(headers).toMatchObject({
      ttl: '3600',
      topic: message.messageId.replaceAll('-', ''),
      'content-encoding': 'aes128gcm',
    });
  });

  it('reaches all browsers of the player, and names those that are gone', async () => {
    const [here, unsubscribed, forgotten] = [1, 2, 3].map(() => service.browser(keys.publicKey));
    service.answer(unsubscribed!.path, 410);
    service.answer(forgotten!.path, 404);
    const addresses = [unsubscribed!, here!, forgotten!].map(({ address }) => address);
    expect(await sender().send(aPush(addresses))).toMatchObject({
      kind: 'sent',
      gone: [unsubscribed!.address.address, forgotten!.address.address],
    });
  });

  it('goes with the key of before to a browser that subscribed with it, until that key is no more', async () => {
    const before = newVapidKeys();
    const browser = service.browser(before.publicKey);
    expect(await sender([before]).send(aPush([browser.address]))).toMatchObject({ kind: 'sent' });
    expect(await sender().send(aPush([browser.address]))).toMatchObject({
      kind: 'failed',
      final: true,
      gone: [browser.address.address],
    });
  });

  test.each<[string, number, Record<string, string>, object]>([
    ['is busy', 503, {}, { kind: 'later', afterMs: 30_000 }],
    ['asks for two minutes', 429, { 'retry-after': '120' }, { kind: 'later', afterMs: 120_000 }],
    ['is broken', 500, {}, { kind: 'failed', final: false }],
    ['breaks the connection', 0, {}, { kind: 'failed', final: false }],
    ['finds it too large', 413, {}, { kind: 'failed', final: true }],
    ['does not know the key', 403, {}, { kind: 'failed', final: true }],
  ])('at a service that %s', async (_, status, headers, result) => {
    const browser = service.browser(keys.publicKey);
    service.answer(browser.path, status, headers);
    expect(await sender().send(aPush([browser.address]))).toMatchObject(result);
  });

  it('does not go to an endpoint at a private address', async () => {
    const agent = createAgent({ allowPrivate: false, connectTimeoutMs: 1000 });
    const strict = createPushSender(
      { subject: 'mailto:a@b.example', keys: [keys] },
      { agent, timeoutMs: 1000 },
    );
    const browser = service.browser(keys.publicKey);
    expect(await strict.send(aPush([browser.address]))).toMatchObject({ kind: 'failed', final: false });
    expect(service.received).toEqual([]);
    await agent.destroy();
  });
});
