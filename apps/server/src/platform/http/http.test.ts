import { connect } from 'node:net';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { corsOrigins: ['https://casino.example'] } });
});
afterAll(() => app.close());

const PLAYER = '/v1/players/p-1';

describe('bad requests', () => {
  const json = { 'content-type': 'application/json' };

  test.each<[string, string | undefined, Record<string, string>, number, string]>([
    ['JSON that breaks off', '{"country": "DE"', json, 400, 'malformed'],
    ['no JSON at all', 'country=DE', json, 400, 'malformed'],
    ['an empty body', '', json, 400, 'malformed'],
    ['no body', undefined, {}, 400, 'malformed'],
    [
      'a form',
      'country=DE',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
    ['a body without a type', '{}', { 'content-type': '' }, 415, 'unsupported_media_type'],
    ['a body of 1 MB', JSON.stringify({ email: 'x'.repeat(1_000_000) }), json, 413, 'too_large'],
    ['a text with NUL', '{"household": "a\\u0000b"}', json, 400, 'malformed'],
    ['a name of a field with NUL', '{"properties": {"a\\u0000": 1}}', json, 400, 'malformed'],
    ['half a surrogate pair', '{"household": "\\ud83d"}', json, 400, 'malformed'],
    ['a body nested too deep', `{"properties": ${'['.repeat(100_000)}`, json, 400, 'malformed'],
    ['a poisoned prototype', '{"__proto__": {"country": "DE"}}', json, 400, 'malformed'],
    ['a number for an object', '7', json, 422, 'invalid_request'],
    ['null', 'null', json, 422, 'invalid_request'],
    ['a field nobody knows', '{"contry": "DE"}', json, 422, 'invalid_request'],
  ])('%s', async (_, body, headers, status, key) => {
    const answer = await fetch(`${app.url}${PLAYER}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${app.ownerKey}`, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { status, key, type: `urn:promosmith:problem:${key}` },
    ]);
  });

  it('takes what only looks suspicious', async () => {
    const body = '{"household": "\\ud83d\\ude00 \\\\u0000", "segments": ["é"]}';
    const { status, body: player } = await app.request('PUT', PLAYER, { body });
    expect([status, player.household]).toEqual([201, '😀 \\u0000']);
  });

  it('names every field at fault, unknown ones too', async () => {
    const { body } = await app.request('PUT', PLAYER, {
      body: { country: 'Germany', vipLevel: -1, colour: 'red' },
    });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'country',
      'vipLevel',
      'colour',
    ]);
  });

  test.each<[string, string, number, string]>([
    ['GET', '/v1/nothing', 404, 'not_found'],
    ['GET', '/', 404, 'not_found'],
    ['GET', '/v1/players/%zz', 400, 'malformed'],
    ['GET', '/v1/players/a%00b', 422, 'invalid_request'],
    ['GET', '/v1/audit?action=a%00b', 422, 'invalid_request'],
    ['GET', '/v1/audit?action=a&action=b%00', 422, 'invalid_request'],
    ['GET', '/v1/audit?acton=a', 422, 'invalid_request'],
    ['GET', `/v1/players/${'x'.repeat(600)}`, 404, 'not_found'],
    ['DELETE', PLAYER, 405, 'method_not_allowed'],
    ['GET', '/v1/codes/lookup', 405, 'method_not_allowed'],
    ['GET', '/v1/codes/distribution?limit=1', 405, 'method_not_allowed'],
    ['POST', '/v1/events?limit=1', 400, 'malformed'],
    // Nothing needs to be said with it, so it comes as far as looking for the campaign.
    ['POST', '/v1/campaigns/01930000-0000-7000-8000-000000000000/submit', 404, 'not_found'],
  ])('%s %s is a problem', async (method, path, status, key) => {
    const { body, ...answer } = await app.request(method, path);
    expect([answer.status, body.key]).toEqual([status, key]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each([
    ['DELETE', PLAYER, ['GET', 'PUT']],
    ['PUT', '/v1/codes/lookup', ['POST']],
    ['GET', '/v1/codes/lookup', ['POST']],
    ['PUT', '/v1/approvals/thresholds', ['GET', 'PATCH']],
  ])('says which methods a path takes: %s %s', async (method, path, allowed) => {
    const { headers } = await app.request(method, path);
    expect(headers.get('allow')?.split(', ').sort()).toEqual(allowed);
  });

  it('asks for a credential', async () => {
    const { status, headers, body } = await app.request('GET', PLAYER, { key: null });
    expect([status, headers.get('www-authenticate'), body.key]).toEqual([401, 'Bearer', 'unauthenticated']);
  });

  test.each([
    ['no HTTP', 'HELLO\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
  ])('%s gets an answer on the bare socket', async (_, sent, status) => {
    const answer = await overSocket(app.url, sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain(`"status":${status}`);
  });
});

describe('headers', () => {
  it('echo a well-formed request id, in problems too', async () => {
    const id = 'caller-id.42';
    const { headers, body } = await app.request('GET', '/v1/players/none', {
      headers: { 'x-request-id': id },
    });
    expect([headers.get('x-request-id'), body.requestId]).toEqual([id, id]);
  });

  test.each(['short', 'with space 123', '<script>alert</script>', 'x'.repeat(200)])(
    'replace the request id %j',
    async (id) => {
      const { headers } = await app.request('GET', '/healthz', { headers: { 'x-request-id': id } });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('keep browsers from making more of an answer than it is', async () => {
    const { headers } = await app.request('GET', '/v1/brand');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('ask for HTTPS from then on where that is how the server is reached', async () => {
    await using secure = await startTestApp({ config: { publicUrl: 'https://promo.example' } });
    const { headers } = await secure.request('GET', '/healthz');
    expect(headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('let pages of the configured origins call, and no others', async () => {
    const preflight = (origin: string) =>
      app.request('OPTIONS', '/v1/activations', {
        key: null,
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'idempotency-key',
        },
      });
    const ours = await preflight('https://casino.example');
    expect(ours.headers.get('access-control-allow-origin')).toBe('https://casino.example');
    expect(ours.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    expect((await preflight('https://other.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the route table', () => {
  it('is mounted whole, and nothing is mounted beside it', () => {
    expect(app.routes.map(({ id }) => id).sort()).toEqual(ALL_ROUTES.map(({ id }) => id).sort());
  });
});

function overSocket(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      answer += part;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
