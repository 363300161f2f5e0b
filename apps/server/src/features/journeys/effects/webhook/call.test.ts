import type { Reader } from '@promosmith/core/content';
import type { WebhookNode } from '@promosmith/core/journey';
import { createCurrencyTable } from '@promosmith/core/money';
import { describe, expect, test } from 'vitest';
import { must } from '../../../../testing/test-app.ts';
import { isReservedHeader, secretsIn, writeCall } from './call.ts';
import { createMarks, MASK } from './marks.ts';

const CURRENCIES = must(createCurrencyTable());

const node = (differences: Partial<WebhookNode> = {}): WebhookNode => ({
  kind: 'webhook',
  name: null,
  method: 'POST',
  url: 'https://api.example.com/codes',
  headers: [],
  body: '{ "code" : "{{event.code}}" }',
  timeoutMs: 1000,
  ...differences,
});

const readerWith = (code: string): Reader => ({
  scope: { event: { code, list: ['a', 'b'] }, state: { user_ext_id: 'p 1/2' } },
  locale: null,
  timeZone: 'Europe/Malta',
  currencies: CURRENCIES,
  currency: 'EUR',
});

const SECRETS = new Map([['api_key', 'k"1 / & secret']]);
const write = (differences: Partial<WebhookNode> = {}, code = 'A1B2C3') =>
  writeCall(node(differences), readerWith(code), createMarks(SECRETS), false);
const written = (differences: Partial<WebhookNode> = {}, code?: string) => {
  const call = write(differences, code);
  if (!call.ok) throw new Error(call.refusal.message);
  return call.value;
};

describe('a value of an event', () => {
  test.each([
    ['a quote', 'A"B'],
    ['a line break', 'A\nB'],
    ['more of an object', '","admin":true,"x":"'],
    ['a backslash at the end', 'A\\'],
  ])('cannot break the JSON body: %s', (_, code) => {
    expect(JSON.parse(written({}, code).sent.body ?? '')).toEqual({ code });
  });

  test('is one component of the URL', () => {
    const url = 'https://api.example.com/players/{{state.user_ext_id}}?code={{event.code}}';
    expect(written({ url }, 'a&b=c').sent.url).toBe(
      'https://api.example.com/players/p%201%2F2?code=a%26b%3Dc',
    );
  });

  test('is no part of the host', () => {
    expect(write({ url: 'https://{{event.code}}.example.com/' })).toMatchObject({
      refusal: { key: 'template_invalid' },
    });
  });

  test('adds no line to a header', () => {
    const headers = [{ name: 'X-Code', value: '{{event.code}}' }];
    expect(written({ headers }, 'a\r\nx-admin: 1').sent.headers).toEqual({ 'x-code': 'a x-admin: 1' });
  });

  test('that is not there leaves no request', () => {
    expect(write({ body: '{"x":"{{event.nothing}}"}' })).toMatchObject({
      refusal: { key: 'template_invalid', message: expect.stringMatching(/^body: /) },
    });
  });
});

describe('a secret', () => {
  const everywhere = {
    url: 'https://api.example.com/hooks/{{ secret.api_key }}?k={{secret.api_key}}',
    headers: [{ name: 'Authorization', value: 'Bearer {{secret.api_key}}' }],
    body: '{"key":"{{secret.api_key}}","bare":{{ secret.api_key }}}',
  };

  test('is written as its place asks for', () => {
    const { sent } = written(everywhere);
    expect(sent.url).toBe(
      'https://api.example.com/hooks/k%221%20%2F%20%26%20secret?k=k%221%20%2F%20%26%20secret',
    );
    expect(sent.headers).toEqual({ authorization: 'Bearer k"1 / & secret' });
    expect(JSON.parse(sent.body ?? '')).toEqual({ key: 'k"1 / & secret', bare: 'k"1 / & secret' });
  });

  test('is masked where people look', () => {
    const { shown } = written(everywhere);
    expect(shown).toEqual({
      method: 'POST',
      url: `https://api.example.com/hooks/${MASK}?k=${MASK}`,
      headers: { authorization: `Bearer ${MASK}` },
      body: `{"key":"${MASK}","bare":"${MASK}"}`,
    });
  });

  test('cannot be taken apart, changed or compared by a template', () => {
    const body =
      '{"a":"{{ secret.api_key | slice: 0, 3 }}","b":"{{ secret.api_key | upcase }}",' +
      '"c":{% if secret.api_key contains "secret" %}1{% else %}2{% endif %}}';
    const { sent } = written({ body });
    expect(sent.body?.toLowerCase()).not.toContain('secret');
    expect(sent.body).not.toContain('k"1');
    expect(JSON.parse(sent.body ?? '').c).toBe(2);
  });

  test('is no part of the host', () => {
    expect(write({ url: 'https://{{secret.api_key}}/' })).toMatchObject({
      refusal: { key: 'template_invalid' },
    });
  });

  test('is found in every template of a webhook', () => {
    expect(
      secretsIn(
        node({
          url: 'https://a.example/{{secret.a}}',
          headers: [{ name: 'x', value: '{% if event.code %}{{ secret.b }}{% endif %}{{secret.a}}' }],
          body: '{"x":"{{secret.c}}"}',
        }),
      ),
    ).toEqual(['a', 'b', 'c']);
  });
});

test.each([
  'http://127.0.0.1/',
  'http://169.254.169.254/latest',
  'http://[::1]:8080/',
  'https://localhost/x',
])('no request is written to %s', (url) =>
  expect(write({ url })).toMatchObject({ refusal: { key: 'url_not_allowed' } }),
);

test('headers of the protocol are not for journeys to write', () => {
  const headers = ['Host', 'Content-Length', 'Webhook-Id', 'Idempotency-Key', 'Proxy-Authorization'].map(
    (name) => ({ name, value: 'x' }),
  );
  expect(written({ headers }).sent.headers).toEqual({});
  expect(isReservedHeader('X-Trace')).toBe(false);
});

test('a webhook without a body has none', () => {
  expect(written({ method: 'GET', body: null }).sent.body).toBeNull();
  expect(written({ method: 'GET', body: ' ' }).sent.body).toBeNull();
});
