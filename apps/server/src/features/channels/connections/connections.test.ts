import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { answers, startReceiver } from '../../webhooks/testing/receiver.ts';
import { aPlayer } from '../testing/messages.ts';
import { createUnsubscribeLinks } from '../unsubscribe.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(() => app.close());

const put = (channel: string, body: object, key = app.ownerKey) =>
  app.request('PUT', `/v1/channels/${channel}`, { body, key });

const SMTP = {
  ...{ kind: 'smtp', host: 'smtp.lucky-star.example', port: 587, security: 'starttls', user: 'lucky' },
  from: { name: 'Lucky Star', address: 'bonus@lucky-star.example' },
  password: 'only-we-two-know',
};
const GATEWAY = {
  kind: 'http',
  url: 'https://sms.example/send',
  body: '{"to":"{{ message.to }}","text":"{{ message.text }}"}',
  headers: { Authorization: 'Bearer only-we-two-know' },
};

describe('a connection', () => {
  it('shows everything but its secrets, which are stored encrypted', async () => {
    const { status, body } = await put('email', SMTP);
    expect([status, body]).toEqual([
      201,
      {
        channel: 'email',
        settings: {
          ...{
            kind: 'smtp',
            host: SMTP.host,
            port: 587,
            security: 'starttls',
            user: 'lucky',
            from: SMTP.from,
          },
          ...{ replyTo: null, dkim: null, hasPassword: true, hasDkimKey: false },
        },
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        receiptUrl: null,
      },
    ]);
    expect((await put('sms', GATEWAY)).body.settings).toMatchObject({ headerNames: ['Authorization'] });
    const { rows } = await app.db.query(
      `select encode(secrets, 'escape') || settings::text as text from channel_connections
       union all select coalesce(before::text, '') || after::text from audit_log where action like 'channel.%'`,
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain('only-we-two-know');
  });

  it('keeps its secret when it is changed, but not for another host', async () => {
    await put('email', SMTP);
    const { password: _, ...silent } = SMTP;
    expect(await put('email', { ...silent, replyTo: 'help@lucky-star.example' })).toMatchObject({
      status: 200,
    });
    expect(await put('email', { ...silent, host: 'smtp.evil.example' })).toMatchObject({
      status: 422,
      body: { key: 'invalid_request', errors: [{ field: 'password' }] },
    });
    const { headers: __, ...bare } = GATEWAY;
    await put('sms', GATEWAY);
    expect(await put('sms', { ...bare, url: 'https://evil.example/' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'headers' }] },
    });
  });

  test.each<[string, string, object, string]>([
    ['a way of another channel', 'push', SMTP, 'kind'],
    [
      'a sender of two lines',
      'email',
      { ...SMTP, from: { name: 'A\r\nBcc: x', address: 'a@b.example' } },
      'from.name',
    ],
    ['a body that makes no JSON', 'sms', { ...GATEWAY, body: '{"to":{{ message.text }}' }, 'body'],
    [
      'a body with a variable there is not',
      'sms',
      { ...GATEWAY, body: '{"to":"{{ player.phone }}"}' },
      'body',
    ],
    ['an URL with a password', 'sms', { ...GATEWAY, url: 'https://a:b@sms.example/' }, 'url'],
    ['a bot token that is none', 'telegram', { kind: 'telegram', botToken: 'x' }, 'botToken'],
    ['a subject that nobody can write to', 'push', { kind: 'vapid', subject: 'lucky star' }, 'subject'],
  ])('is refused with %s', async (_, channel, body, field) => {
    const answer = await put(channel, body);
    expect([answer.status, answer.body.errors?.[0].field]).toEqual([422, field]);
  });

  it('is refused at a private address, unless the operator allows it', async () => {
    await using strict = await startTestApp();
    const answer = await strict.request('PUT', '/v1/channels/sms', {
      body: { ...GATEWAY, url: 'http://169.254.169.254/' },
    });
    expect(answer).toMatchObject({ status: 422, body: { key: 'url_not_allowed' } });
  });

  it('is for those who may, each in their own brand', async () => {
    await put('email', SMTP);
    const { ownerKey } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/channels', { key: ownerKey })).body.items).toEqual([]);
    expect((await put('email', SMTP, await app.key(['providers:read']))).status).toBe(403);
  });

  it('is tried out while one waits, and is gone when it is removed', async () => {
    await using gateway = await startReceiver();
    await put('sms', { ...GATEWAY, url: gateway.url('/send') });
    const tryOut = () => app.request('POST', '/v1/channels/sms/test', { body: { to: '+35699' } });
    expect((await tryOut()).body).toEqual({ outcome: 'failed', detail: expect.stringContaining('204') });
    gateway.behave(answers(200));
    expect((await tryOut()).body).toEqual({ outcome: 'sent', detail: null });
    expect(JSON.parse(gateway.received[1]!.body)).toMatchObject({ to: '+35699' });
    expect((await app.request('DELETE', '/v1/channels/sms')).status).toBe(204);
    expect((await tryOut()).status).toBe(404);
    expect((await app.request('DELETE', '/v1/channels/sms')).status).toBe(404);
  });
});

describe('web push', () => {
  const subscription = (endpoint: string) => {
    const browser = createECDH('prime256v1');
    browser.generateKeys();
    const keys = {
      p256dh: browser.getPublicKey('base64url'),
      auth: randomBytes(16).toString('base64url'),
    };
    return { endpoint, expirationTime: null, keys };
  };

  it('has keys made here, which the browser gets and which can be made anew', async () => {
    const key = await app.playerToken(await aPlayer(app));
    const shown = async () => (await app.request('GET', '/v1/me/push-key', { key })).body.publicKey;
    expect((await app.request('GET', '/v1/me/push-key', { key })).status).toBe(404);
    const { body } = await put('push', { kind: 'vapid', subject: 'mailto:push@lucky-star.example' });
    const first = body.settings.publicKey;
    expect(Buffer.from(first, 'base64url')).toHaveLength(65);
    expect(await shown()).toBe(first);
    await put('push', { kind: 'vapid', subject: 'mailto:other@lucky-star.example' });
    expect(await shown()).toBe(first);
    await app.request('POST', '/v1/channels/push/rotate-keys');
    expect(await shown()).not.toBe(first);
  });

  it('keeps the ten browsers that subscribed last', async () => {
    await put('push', { kind: 'vapid', subject: 'mailto:push@lucky-star.example' });
    const player = await aPlayer(app);
    const key = await app.playerToken(player);
    const subscribe = (n: number) =>
      app.request('PUT', '/v1/me/push-subscription', {
        key,
        body: subscription(`https://push.example/${player}/${n}`),
      });
    for (let n = 0; n < 12; n++) expect((await subscribe(n)).status).toBe(204);
    const endpoint = encodeURIComponent(`https://push.example/${player}/11`);
    await app.request('DELETE', `/v1/me/push-subscription?endpoint=${endpoint}`, { key });
    const { rows } = await app.db.query<{ address: string }>(
      'select address from player_addresses where address like $1 order by created_at',
      [`https://push.example/${player}/%`],
    );
    expect(rows.map(({ address }) => address.split('/').at(-1))).toEqual(
      [2, 3, 4, 5, 6, 7, 8, 9, 10].map(String),
    );
  });
});

describe('an unsubscribe link', () => {
  it('asks first, ends the consent to email by one click, and is not to be guessed', async () => {
    const player = await aPlayer(app);
    const links = createUnsubscribeLinks(openSecrets(app.config.secretKey), '');
    const path = links.url(app.brand.brandId, playerId(app.brand.brandId, player));
    const consent = async () =>
      (await app.request('GET', `/v1/players/${player}`)).body.consents.casino.email.granted;

    const page = await app.request('GET', path, { key: null });
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('Lucky Star')]);
    expect(await consent()).toBe(true);

    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const oneClick = { key: null, headers, body: 'List-Unsubscribe=One-Click' };
    for (const wrong of [path.replace(/.{20}$/, 'x'.repeat(20)), path.slice(0, -8), '/v1/unsubscribe/abc'])
      expect((await app.request('POST', wrong, oneClick)).status).toBe(404);
    expect(await consent()).toBe(true);

    expect((await app.request('POST', path, oneClick)).status).toBe(200);
    expect(await consent()).toBe(false);
    expect((await app.request('POST', path, oneClick)).status).toBe(200);
  });
});
