import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { answers, type Behaviour, type Receiver, startReceiver } from '../../webhooks/testing/receiver.ts';
import { aTelegram } from '../testing/outgoing.ts';
import { createTelegramSender } from './telegram.ts';

let api: Receiver;
const agent = new Agent();
beforeAll(async () => {
  api = await startReceiver();
});
afterAll(async () => {
  await agent.destroy();
  await api[Symbol.asyncDispose]();
});

const TOKEN = '123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const sender = () =>
  createTelegramSender({ apiUrl: api.url(''), botToken: TOKEN }, { agent, timeoutMs: 300 });
const says = (status: number, body: object): Behaviour =>
  answers(status, { 'content-type': 'application/json' }, JSON.stringify(body));

describe('a Telegram message', () => {
  it('is sent as it is, with its button', async () => {
    api.behave(says(200, { ok: true, result: { message_id: 77 } }));
    expect(await sender().send(aTelegram())).toEqual({ kind: 'sent', references: ['77'] });
    const [{ path, body } = expect.fail('nothing arrived')] = api.received;
    expect(path).toBe(`/bot${TOKEN}/sendMessage`);
    expect(JSON.parse(body)).toEqual({
      chat_id: '42',
      text: 'Ihr Code: <b>AB_12*</b>',
      reply_markup: { inline_keyboard: [[{ text: 'Spielen', url: 'https://casino.example/' }]] },
    });
  });

  test.each<[string, Behaviour, object]>([
    [
      'too many at once',
      says(429, { ok: false, description: 'Too Many Requests', parameters: { retry_after: 35 } }),
      { kind: 'later', afterMs: 35_000 },
    ],
    [
      'a player who blocked the bot',
      says(403, { ok: false, description: 'Forbidden: bot was blocked by the user' }),
      { kind: 'failed', final: true, gone: ['42'], reason: expect.stringContaining('blocked') },
    ],
    [
      'a chat that is not there',
      says(400, { ok: false, description: 'chat not found' }),
      { final: true, gone: [] },
    ],
    ['a token that is wrong', says(401, { ok: false, description: 'Unauthorized' }), { final: false }],
    ['a server that is broken', answers(502, {}, '<html>'), { kind: 'failed', final: false }],
    ['a server that never answers', () => {}, { kind: 'failed', final: false }],
    ['a connection that breaks', (response) => void response.destroy(), { kind: 'failed', final: false }],
  ])('comes to nothing at %s', async (_, behaviour, result) => {
    api.behave(behaviour);
    expect(await sender().send(aTelegram())).toMatchObject(result);
  });

  it('never shows the token in a reason', async () => {
    const nobody = createTelegramSender(
      { apiUrl: 'http://127.0.0.1:1', botToken: TOKEN },
      { agent, timeoutMs: 300 },
    );
    expect(JSON.stringify(await nobody.send(aTelegram()))).not.toContain(TOKEN);
  });
});
