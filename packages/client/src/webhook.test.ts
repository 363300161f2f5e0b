import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { verifyWebhook, WebhookVerificationError } from './webhook.ts';

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secret = newSecret();
const event = {
  specversion: '1.0',
  id: randomUUID(),
  type: 'code.activated',
  source: '/brands/lucky-star',
  subject: 'code/1',
  time: '2026-01-01T10:00:00.000Z',
  brand: 'lucky-star',
  sequence: '0000000000000001.000000',
  actor: { kind: 'player', id: 'anna' },
  correlationid: 'request',
  datacontenttype: 'application/json',
  data: { code: '****1234', text: 'Žaneta 🎰' },
};

function sign(body: string, secrets = [secret], at = new Date()) {
  return {
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((key) => new Webhook(key).sign(event.id, at, body)).join(' '),
  };
}
const body = JSON.stringify(event);

test.each([
  ['text and a plain object', body, sign(body)],
  ['bytes and Fetch headers', new TextEncoder().encode(body), new Headers(sign(body))],
  [
    'a buffer and headers in other cases',
    Buffer.from(body),
    Object.fromEntries(Object.entries(sign(body)).map(([name, value]) => [name.toUpperCase(), [value]])),
  ],
])('verifies %s', (_, received, headers) => {
  expect(verifyWebhook(received, headers, secret)).toEqual(event);
});

test('takes an event of a type that this client does not know', () => {
  const newer = JSON.stringify({ ...event, type: 'code.teleported', extra: 1 });
  expect(verifyWebhook(newer, sign(newer), secret)).toMatchObject({ type: 'code.teleported', extra: 1 });
});

test('while a secret is rotated, both the old and the new one verify', () => {
  const newer = newSecret();
  const headers = sign(body, [newer, secret]);
  expect(verifyWebhook(body, headers, secret)).toEqual(event);
  expect(verifyWebhook(body, headers, newer)).toEqual(event);
});

test.each([
  ['another secret', body, sign(body, [newSecret()])],
  ['a changed body', body.replace('anna', 'bobb'), sign(body)],
  ['another id', body, { ...sign(body), 'webhook-id': randomUUID() }],
  ['no signature', body, { ...sign(body), 'webhook-signature': undefined }],
  ['no headers', body, {}],
  ['an old message', body, sign(body, [secret], new Date(Date.now() - 600_000))],
  ['a message from the future', body, sign(body, [secret], new Date(Date.now() + 600_000))],
  ['a signed text that is no event', '{"id":1}', sign('{"id":1}')],
])('refuses %s', (_, received, headers) => {
  expect(() => verifyWebhook(received, headers, secret)).toThrow(WebhookVerificationError);
});
