import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { answers, type Receiver, startReceiver } from '../../webhooks/testing/receiver.ts';
import type { MessageOutcome } from '../index.ts';
import { type MailServer, smtpError, startMailServer } from '../testing/mail-server.ts';
import { aPlayer, aRequest, eventsOf, messageOf, prepareAll } from '../testing/messages.ts';
import { type Smsc, startSmsc } from '../testing/smsc.ts';
import { until } from '../testing/until.ts';

let app: TestApp;
let bot: Receiver;
let mail: MailServer;
let smsc: Smsc;
let mailbox: number | undefined;
const outcomes: MessageOutcome[] = [];
const connect = (channel: string, body: object) => app.request('PUT', `/v1/channels/${channel}`, { body });

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  bot = await startReceiver();
  smsc = await startSmsc();
  mail = await startMailServer({
    onRcptTo: (_address, _session, callback) =>
      callback(mailbox === undefined ? null : smtpError(mailbox, 'not this one')),
  });
  app.channels.onOutcome(async (_tx, told) => {
    outcomes.push(...told);
    return [];
  });
  const host = '127.0.0.1';
  const from = { name: 'Lucky Star', address: 'bonus@lucky-star.example' };
  await connect('email', { kind: 'smtp', host, port: mail.port, security: 'none', from });
  await connect('sms', {
    ...{ kind: 'smpp', host, port: smsc.port, tls: false, systemId: 'lucky', password: 'secret' },
    ...{ source: 'LuckyStar', perSecond: 1000 },
  });
  await connect('telegram', {
    ...{ kind: 'telegram', apiUrl: bot.url(''), botToken: '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' },
  });
});
afterAll(async () => {
  await app.close();
  await Promise.all([bot, mail, smsc].map((peer) => peer[Symbol.asyncDispose]()));
});
beforeEach(() => {
  outcomes.length = 0;
});
afterEach(() => {
  mailbox = undefined;
});

const BLOCKED = '{"ok":false,"description":"Forbidden: bot was blocked by the user"}';
const TAKEN = answers(200, {}, '{"ok":true,"result":{"message_id":7}}');

async function aMessage(channel: 'email' | 'sms' | 'telegram', differences = {}) {
  const player = await aPlayer(app);
  if (channel === 'telegram')
    await app.request('PUT', `/v1/players/${player}/telegram-chat`, { body: { chatId: '42' } });
  const [message] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel, ...differences })]);
  return { player, ...message! };
}

const outcomesOf = (id: string) =>
  outcomes.filter(({ messageId }) => messageId === id).map(({ outcome }) => outcome);
const stateIs = (messageId: string, state: string) =>
  until(async () => (await messageOf(app, messageId)).state === state);
const dueNow = () => app.db.query(`update messages set next_attempt_at = now() where state = 'prepared'`);

describe('a message that is prepared', () => {
  it('is sent, once, and whoever asked for it is told', async () => {
    const { messageId, player } = await aMessage('email');
    await stateIs(messageId, 'sent');
    expect(outcomesOf(messageId)).toEqual(['sent']);
    expect(await eventsOf(app, messageId)).toEqual(['message.sent']);
    expect(mail.received.filter(({ to }) => to.includes(`${player}@example.com`))).toHaveLength(1);
    expect(await messageOf(app, messageId)).toMatchObject({
      attempts: 1,
      nextAttemptAt: null,
      timeline: [{ what: 'prepared' }, { what: 'sent' }],
    });
  });

  it('that bounces has failed, and may be sent again by hand', async () => {
    mailbox = 550;
    const { messageId } = await aMessage('email');
    await stateIs(messageId, 'failed');
    expect(outcomes).toMatchObject([{ outcome: 'failed', reason: expect.stringContaining('not this one') }]);
    mailbox = undefined;
    const resend = () => app.request('POST', `/v1/messages/${messageId}/resend`);
    const { status, body } = await resend();
    expect([status, body.origin]).toEqual([200, { kind: 'resent', messageId, by: expect.any(String) }]);
    expect((await resend()).body.id).toBe(body.id);
    await stateIs(body.id, 'sent');
    expect(await app.request('POST', `/v1/messages/${body.id}/resend`)).toMatchObject({ status: 409 });
  });

  it('is tried again later when the mailbox is busy, which is no failure', async () => {
    mailbox = 451;
    const { messageId } = await aMessage('email');
    await until(async () => (await messageOf(app, messageId)).lastError !== null);
    mailbox = undefined;
    await dueNow();
    await stateIs(messageId, 'sent');
    expect(outcomesOf(messageId)).toEqual(['sent']);
  });

  test.each<[string, string, object, string]>([
    ['the player was excluded', 'self-exclusion', { excluded: true, reason: 'asked' }, 'self_excluded'],
    [
      'the consent was withdrawn',
      'consents',
      { consents: [{ product: 'casino', channel: 'email', granted: false }] },
      'no_consent',
    ],
  ])('is not sent when %s in the meantime', async (_, path, body, reason) => {
    mailbox = 451;
    const { messageId, player } = await aMessage('email');
    await until(async () => (await messageOf(app, messageId)).attempts === 1);
    await until(async () => (await messageOf(app, messageId)).lastError !== null);
    mailbox = undefined;
    await app.request('POST', `/v1/players/${player}/${path}`, { body });
    await dueNow();
    await stateIs(messageId, 'suppressed');
    expect(outcomes).toMatchObject([{ outcome: 'suppressed', reason }]);
    expect(mail.received.filter(({ to }) => to.includes(`${player}@example.com`))).toEqual([]);
  });

  it('expires at its time', async () => {
    const { messageId } = await aMessage('email', { expiresAfterMs: 0 });
    await stateIs(messageId, 'expired');
    expect(outcomesOf(messageId)).toEqual(['expired']);
  });

  it('whose attempt takes too long is sent by another, and the late result changes nothing of it', async () => {
    const held: (() => void)[] = [];
    bot.behave((response) => {
      held.push(() => {
        response.writeHead(403).end(BLOCKED);
      });
    });
    const { messageId, player } = await aMessage('telegram');
    await until(() => held.length === 1);
    bot.behave(TAKEN);
    await dueNow();
    await stateIs(messageId, 'sent');
    held[0]?.();
    const granted = async () =>
      (await app.request('GET', `/v1/players/${player}`)).body.consents.casino.telegram.granted;
    await until(async () => !(await granted()));
    expect(await messageOf(app, messageId)).toMatchObject({ attempts: 2, state: 'sent' });
    expect(outcomesOf(messageId)).toEqual(['sent']);
  });
});

it('who blocked the bot is not reached any more, and the consent is withdrawn', async () => {
  bot.behave(answers(403, {}, BLOCKED));
  const { messageId, player } = await aMessage('telegram');
  await stateIs(messageId, 'failed');
  const { body } = await app.request('GET', `/v1/players/${player}`);
  expect(body.consents.casino).toMatchObject({
    telegram: { granted: false, source: 'the player blocked the bot', at: expect.any(String) },
    email: { granted: true },
  });
  const [again] = await prepareAll(app, [aRequest(app.brand.brandId, player, { channel: 'telegram' })]);
  expect(again).toMatchObject({ state: 'suppressed', reason: 'no_consent' });
});

describe('a receipt', () => {
  async function anSms() {
    const { messageId } = await aMessage('sms');
    await stateIs(messageId, 'sent');
    return { messageId, reference: smsc.submitted.at(-1)!.reference };
  }

  it('of delivery is noted', async () => {
    const { messageId, reference } = await anSms();
    await until(async () => (await smsc.receipt(reference, 'DELIVRD')) === 0);
    await until(async () => (await messageOf(app, messageId)).timeline.length === 3);
    expect((await messageOf(app, messageId)).timeline[2]).toMatchObject({ what: 'delivered' });
  });

  it('of failure is told once, however often it comes', async () => {
    const { messageId, reference } = await anSms();
    for (let n = 0; n < 3; n++) await smsc.receipt(reference, 'UNDELIV');
    await stateIs(messageId, 'failed');
    expect(outcomesOf(messageId)).toEqual(['sent', 'failed']);
    expect(await eventsOf(app, messageId)).toEqual(['message.sent', 'message.failed']);
  });
});

test('messages of the widget expire, seen or not, unless they were clicked', async () => {
  const player = await aPlayer(app);
  const key = await app.playerToken(player);
  const claim = (messageId: string, what: string) =>
    app.request('POST', `/v1/me/messages/${messageId}/${what}`, { key });
  const request = () => aRequest(app.brand.brandId, player, { channel: 'inbox' });
  const made = await prepareAll(app, [request(), request(), request(), request()]);
  const [unseen, seen, clicked, lasting] = made.map(({ messageId }) => messageId) as [
    ...[string, string, string, string],
  ];
  await claim(seen, 'impression');
  await claim(clicked, 'click');
  await app.db.query('update messages set expires_at = now() where message_id = any($1)', [
    [unseen, seen, clicked],
  ]);
  for (const id of [unseen, seen]) await stateIs(id, 'expired');
  expect(outcomesOf(unseen)).toEqual(['expired']);
  expect(outcomesOf(seen)).toEqual(['impression', 'expired']);
  expect((await messageOf(app, clicked)).state).toBe('clicked');
  expect((await messageOf(app, lasting)).state).toBe('sent');
});

test('a failed message gives its use of a cap back', async () => {
  await app.request('PUT', '/v1/channel-caps', {
    body: { items: [{ channel: 'email', period: 'day', maximum: 1 }] },
  });
  mailbox = 550;
  const { messageId, player } = await aMessage('email');
  await stateIs(messageId, 'failed');
  mailbox = undefined;
  const request = () => aRequest(app.brand.brandId, player, { channel: 'email' });
  const [second, third] = await prepareAll(app, [request(), request()]);
  expect([second?.state, third?.reason]).toEqual(['prepared', 'cap_reached']);
});

describe('staff', () => {
  it('find messages by player, channel and state, newest first, in pages', async () => {
    const player = await aPlayer(app);
    const made = await prepareAll(
      app,
      Array.from({ length: 5 }, () => aRequest(app.brand.brandId, player, { channel: 'inbox' })),
    );
    const ids: string[] = [];
    let cursor: string | null = '';
    do {
      const { body } = await app.request(
        'GET',
        `/v1/messages?player=${player}&channel=inbox&state=sent&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    } while (cursor);
    expect(ids).toEqual(made.map(({ messageId }) => messageId).reverse());
  });

  it('see no messages of another brand', async () => {
    const { messageId } = await aMessage('email');
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('GET', `/v1/messages/${messageId}`, { key })).status).toBe(404);
    expect((await app.request('GET', '/v1/messages', { key })).body.items).toEqual([]);
    expect((await app.request('POST', `/v1/messages/${messageId}/resend`, { key })).status).toBe(404);
  });
});
