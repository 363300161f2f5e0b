import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, trust } from '../apps/server/src/features/channels/testing/certificate.ts';
import {
  type MailServer,
  smtpError,
  startMailServer,
} from '../apps/server/src/features/channels/testing/mail-server.ts';
import { aPlayer } from '../apps/server/src/features/channels/testing/messages.ts';
import {
  type Browser,
  type PushService,
  startPushService,
} from '../apps/server/src/features/channels/testing/push-service.ts';
import { type Smsc, startSmsc } from '../apps/server/src/features/channels/testing/smsc.ts';
import { SEED } from '../apps/server/src/features/labels/sandbox/testing/seed.ts';
import {
  answers,
  type Receiver,
  startReceiver,
} from '../apps/server/src/features/webhooks/testing/receiver.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { type Call, contentFrom, startJourney } from './support/promo-journey.ts';

// "Use different communication channels to deliver promo code": one journey by all six, to real peers on this machine.

const SLOW = { timeout: 240_000 };
const MOVED = { timeout: 60_000, interval: 50 };
const CHANNELS = ['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const;
const TEMPLATES = {
  popup: 'Promo Code with Label Tag',
  inbox: 'Promo code in the inbox',
  email: 'Promo code by email',
  push: 'Promo code by push',
  telegram: 'Promo code by Telegram',
  sms: 'Promo code by SMS',
};
const CODE = /^[A-Z0-9]{6}$/;
const BLOCKED = '403';
const REFUSED = 'nobody@example.com';

let app: TestApp;
let mail: MailServer;
let push: PushService;
let bot: Receiver;
let smsc: Smsc;
let trusted: Disposable;
let journeyId: string;

const call: Call = async (method, path, body) => {
  const answer = await app.request(method, path, { body });
  expect([200, 201, 202, 204], JSON.stringify(answer.body)).toContain(answer.status);
  return answer.body;
};

beforeAll(async () => {
  const certificate = makeCertificate();
  trusted = trust(certificate);
  [app, mail, push, bot, smsc] = await Promise.all([
    startTestApp({ config: { outboundAllowPrivate: true } }),
    startMailServer({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address === REFUSED ? smtpError(550, 'no such mailbox') : null),
    }),
    startPushService(certificate),
    startReceiver(),
    startSmsc(),
  ]);
  bot.behave((response, request) => {
    const { chat_id: chat } = JSON.parse(request.body);
    const [status, body] =
      chat === BLOCKED
        ? [403, { ok: false, description: 'Forbidden: bot was blocked by the user' }]
        : [200, { ok: true, result: { message_id: bot.received.length } }];
    return answers(
      Number(status),
      { 'content-type': 'application/json' },
      JSON.stringify(body),
    )(response, request);
  });
  const at = { host: '127.0.0.1', security: 'none' };
  const from = { name: 'Lucky Star', address: 'bonus@lucky-star.example' };
  await call('PUT', '/v1/channels/email', { kind: 'smtp', ...at, port: mail.port, from });
  await call('PUT', '/v1/channels/push', { kind: 'vapid', subject: 'mailto:push@lucky-star.example' });
  await call('PUT', '/v1/channels/telegram', {
    ...{ kind: 'telegram', apiUrl: bot.url(''), botToken: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' },
  });
  await call('PUT', '/v1/channels/sms', {
    ...{
      kind: 'smpp',
      host: '127.0.0.1',
      port: smsc.port,
      tls: false,
      systemId: 'lucky',
      password: 'secret',
    },
    ...{ source: 'LuckyStar', perSecond: 1_000 },
  });
  await call('POST', '/v1/labels', { name: 'promo_code', definition: { kind: 'function', default: SEED } });

  const contents = await Promise.all(
    CHANNELS.map((channel) =>
      contentFrom(call, TEMPLATES[channel], TEMPLATES[channel], { label: 'promo_code' }),
    ),
  );
  const seen = { popup: 'impression', inbox: 'clicked' } as Readonly<Record<string, string>>;
  journeyId = await startJourney(call, 'By every channel', {
    nodes: {
      start: { kind: 'trigger', on: { source: 'api' } },
      ...Object.fromEntries(CHANNELS.map((kind, n) => [kind, { kind, contentId: contents[n] }])),
      done: { kind: 'exit' },
    },
    edges: [
      { from: 'start', connector: 'next', to: 'popup' },
      ...CHANNELS.flatMap((from, n) =>
        [seen[from] ?? 'expired', 'failed', 'suppressed'].map((connector) => ({
          ...{ from, connector, to: CHANNELS[n + 1] ?? 'done' },
        })),
      ),
    ],
  });
}, SLOW.timeout);
afterAll(async () => {
  await app?.close();
  for (const peer of [mail, push, bot, smsc]) await peer?.[Symbol.asyncDispose]();
  trusted?.[Symbol.dispose]();
});

/** A browser of the player's that subscribed. */
async function subscribe(player: string): Promise<Browser> {
  const key = await app.playerToken(player);
  const { publicKey } = (await app.request('GET', '/v1/me/push-key', { key })).body;
  const browser = push.browser(publicKey);
  const { address: endpoint, keys } = browser.address;
  const subscription = { endpoint, expirationTime: null, keys: { p256dh: keys!.p256dh, auth: keys!.auth } };
  const { status } = await app.request('PUT', '/v1/me/push-subscription', { key, body: subscription });
  expect(status).toBe(204);
  return browser;
}

/** Lets a player in. @returns the run's id. */
async function enter(player: string): Promise<string> {
  const { results } = await call('POST', `/v1/journeys/${journeyId}/enrolments`, {
    entries: [{ id: player, player }],
  });
  return results[0].enrolmentId;
}

const runOf = (id: string) => call('GET', `/v1/journeys/${journeyId}/enrolments/${id}`);
const isAt = (id: string, nodeId: string) =>
  expect.poll(async () => (await runOf(id)).nodeId, MOVED).toBe(nodeId);

/** The player's message by a channel, once it is in a state. */
async function message(player: string, channel: string, state: string) {
  const find = async () => (await call('GET', `/v1/messages?player=${player}&channel=${channel}`)).items;
  await expect.poll(async () => (await find())[0]?.state, MOVED).toBe(state);
  const all = await find();
  expect(all).toHaveLength(1);
  return call('GET', `/v1/messages/${all[0].id}`);
}

/** Nobody answers what goes out: the time for it is over. */
const letTimePass = (id: string) =>
  app.db.query(
    `update journey_enrolments set wake_at = now() - interval '1 minute' where enrolment_id = $1`,
    [id],
  );

/** By which connector each node was left, and why. */
async function wayOf(id: string): Promise<Record<string, unknown>> {
  await expect.poll(async () => (await runOf(id)).status, MOVED).toBe('completed');
  const { timeline } = await runOf(id);
  return Object.fromEntries(
    timeline
      .filter(
        ({ what, nodeId }: { what: string; nodeId: string }) => what === 'visit.left' && nodeId !== 'done',
      )
      .map(({ nodeId, data }: { nodeId: string; data: { connector: string; reason?: string } }) => [
        nodeId,
        data.reason ? `${data.connector}: ${data.reason}` : data.connector,
      ]),
  );
}

describe('a code by all six channels', () => {
  it('is delivered once by each, as it was made for that message', SLOW, async () => {
    const phone = '+35699000001';
    const player = await aPlayer(app, { phone });
    const key = await app.playerToken(player);
    const browser = await subscribe(player);
    await call('PUT', `/v1/players/${player}/telegram-chat`, { chatId: '42' });
    const id = await enter(player);
    const codes: string[] = [];
    const sent = async (channel: string) => {
      const { id: messageId } = await message(player, channel, 'sent');
      const { rows } = await app.db.query<{ code: string }>(
        `select labels ->> 'promo_code' as code from messages where message_id = $1`,
        [messageId],
      );
      const code = rows[0]?.code ?? '';
      expect(code).toMatch(CODE);
      codes.push(code);
      return { id: messageId, code };
    };

    const popup = await sent('popup');
    const { body: waiting } = await app.request('GET', '/v1/me/messages', { key });
    expect(waiting.popups).toHaveLength(1);
    expect(JSON.stringify(waiting.popups[0].content)).toContain(popup.code);
    await app.request('POST', `/v1/me/messages/${popup.id}/impression`, { key });

    const inbox = await sent('inbox');
    const { body: now } = await app.request('GET', '/v1/me/messages', { key });
    expect(JSON.stringify(now.inbox)).toContain(inbox.code);
    await app.request('POST', `/v1/me/messages/${inbox.id}/impression`, { key });
    await isAt(id, 'inbox');
    await app.request('POST', `/v1/me/messages/${inbox.id}/click`, { key });

    const email = await sent('email');
    await letTimePass(id);
    const pushed = await sent('push');
    await letTimePass(id);
    const chat = await sent('telegram');
    await letTimePass(id);
    const sms = await sent('sms');
    expect(await smsc.receipt(smsc.submitted.at(-1)?.reference ?? '', 'DELIVRD')).toBe(0);
    await letTimePass(id);

    expect(await wayOf(id)).toEqual({
      start: 'next',
      popup: 'impression',
      inbox: 'clicked',
      email: 'expired',
      push: 'expired',
      telegram: 'expired',
      sms: 'expired',
    });
    const letters = mail.received.filter(({ to }) => to.includes(`${player}@example.com`));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.email.text).toContain(email.code);
    expect(letters[0]?.email.html).toContain(email.code);
    expect(letters[0]?.email.messageId).toBe(`<${email.id}@lucky-star.example>`);
    const pushes = push.received.filter(({ path }) => path === browser.path);
    expect(pushes.map(({ payload }) => payload)).toMatchObject([
      { messageId: pushed.id, body: `Use ${pushed.code} with your next deposit.` },
    ]);
    const chats = bot.received.map(({ body }) => JSON.parse(body)).filter(({ chat_id }) => chat_id === '42');
    expect(chats).toHaveLength(1);
    expect(chats[0].text).toContain(chat.code);
    const texts = smsc.submitted.filter(({ pdu }) => `+${pdu.destination_addr}` === phone);
    expect(texts.map(({ text }) => text)).toEqual([expect.stringContaining(sms.code)]);
    expect(new Set(codes).size).toBe(CHANNELS.length);
  });

  it('that the other side refuses leaves by failed, each with its reason', SLOW, async () => {
    const player = await aPlayer(app, { phone: '+35699000002', email: REFUSED });
    const key = await app.playerToken(player);
    push.answer((await subscribe(player)).path, 410);
    await call('PUT', `/v1/players/${player}/telegram-chat`, { chatId: BLOCKED });
    const id = await enter(player);
    for (const channel of ['popup', 'inbox']) {
      const { id: messageId } = await message(player, channel, 'sent');
      for (const what of ['impression', 'click'])
        await app.request('POST', `/v1/me/messages/${messageId}/${what}`, { key });
    }
    for (const channel of ['email', 'push', 'telegram']) await message(player, channel, 'failed');
    await message(player, 'sms', 'sent');
    // Told later that it never arrived.
    expect(await smsc.receipt(smsc.submitted.at(-1)?.reference ?? '', 'UNDELIV')).toBe(0);
    expect(await wayOf(id)).toEqual({
      start: 'next',
      popup: 'impression',
      inbox: 'clicked',
      email: expect.stringMatching(/^failed: .*no such mailbox/),
      push: expect.stringMatching(/^failed: /),
      telegram: expect.stringMatching(/^failed: .*blocked/),
      sms: expect.stringMatching(/^failed: /),
    });
    // Who blocks the bot has said what they think of it.
    const { consents } = await call('GET', `/v1/players/${player}`);
    expect(consents.casino).toMatchObject({ telegram: { granted: false }, sms: { granted: true } });
  });

  it('that may not be sent leaves by suppressed, and reaches nobody', SLOW, async () => {
    const player = await aPlayer(app);
    await call('POST', `/v1/players/${player}/consents`, {
      consents: CHANNELS.map((channel) => ({ product: 'casino', channel, granted: false })),
    });
    const before = [mail.received, push.received, bot.received, smsc.submitted].map(({ length }) => length);
    const id = await enter(player);
    const way = await wayOf(id);
    expect(way).toEqual({
      start: 'next',
      ...Object.fromEntries(CHANNELS.map((channel) => [channel, 'suppressed: no_consent'])),
    });
    expect([mail.received, push.received, bot.received, smsc.submitted].map(({ length }) => length)).toEqual(
      before,
    );
  });
});
