import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { answers, type Behaviour, type Receiver, startReceiver } from '../../webhooks/testing/receiver.ts';
import { anSms } from '../testing/outgoing.ts';
import { createGatewaySender, type GatewaySettings } from './gateway.ts';

let gateway: Receiver;
const agent = new Agent();
beforeAll(async () => {
  gateway = await startReceiver();
});
afterAll(async () => {
  await agent.destroy();
  await gateway[Symbol.asyncDispose]();
});
beforeEach(() => {
  gateway.received.length = 0;
});

const send = (message = anSms(), differences: Partial<GatewaySettings['success']> = {}) =>
  createGatewaySender(
    {
      url: gateway.url('/sms'),
      method: 'POST',
      contentType: 'application/json',
      headers: { authorization: 'Bearer secret' },
      body: '{"to":"{{ message.to }}","text":"{{ message.text }}","ref":{{ message.id }}}',
      success: { statuses: [200, 202], field: null, equals: null, reference: null, ...differences },
      receipts: null,
    },
    { agent, timeoutMs: 300 },
  ).send(message);

describe('an SMS by a gateway', () => {
  it('is the template with each value escaped, and the same request when it is repeated', async () => {
    gateway.behave(answers(202));
    const message = anSms('He said "20 % off"\n\\o/ ","to":"+1');
    expect(await send(message)).toEqual({ kind: 'sent', references: [] });
    await send(message);
    const [first, second] = gateway.received;
    expect(JSON.parse(first!.body)).toEqual({
      to: '+35699123456',
      text: message.content.text,
      ref: message.messageId,
    });
    expect(first!.headers).toMatchObject({
      authorization: 'Bearer secret',
      'idempotency-key': message.messageId,
      'content-type': 'application/json',
    });
    expect([second!.body, second!.headers['idempotency-key']]).toEqual([first!.body, message.messageId]);
  });

  it('was taken when the answer says so, under the gateway’s own id', async () => {
    gateway.behave(answers(200, {}, '{"status":"queued","id":9007}'));
    const rule = { field: 'status', equals: 'queued', reference: 'id' };
    expect(await send(anSms(), rule)).toEqual({ kind: 'sent', references: ['9007'] });
    gateway.behave(answers(200, {}, '{"status":"rejected"}'));
    expect(await send(anSms(), rule)).toMatchObject({ kind: 'failed', final: true });
    gateway.behave(answers(200, {}, 'queued'));
    expect(await send(anSms(), rule)).toMatchObject({ kind: 'failed', final: true });
  });

  test.each<[string, Behaviour, object]>([
    ['refuses', answers(400, {}, 'bad number'), { kind: 'failed', final: true }],
    ['is broken', answers(500), { kind: 'failed', final: false }],
    ['is slow down the line', answers(408), { kind: 'failed', final: false }],
    ['wants fewer', answers(429, { 'retry-after': '7' }), { kind: 'later', afterMs: 7000 }],
    ['redirects', answers(302, { location: 'http://127.0.0.1:1/' }), { kind: 'failed', final: false }],
    ['never answers', () => {}, { kind: 'failed', final: false }],
    ['breaks the connection', (response) => void response.destroy(), { kind: 'failed', final: false }],
  ])('at a gateway that %s', async (_, behaviour, result) => {
    gateway.behave(behaviour);
    expect(await send()).toMatchObject(result);
  });
});
