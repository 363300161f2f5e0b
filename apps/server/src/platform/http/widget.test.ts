import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { publicUrl: 'https://promo.example' } });
});
afterAll(() => app.close());

interface Got {
  status: number | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Without a fetch that would decode the answer. */
const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<Got>((resolve, reject) => {
    request(new URL(path, app.url), { headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });

const manifest = async () => (await app.request('GET', '/widget.json', { key: null })).body;

test.each([
  ['br', 'gzip, deflate, br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  [undefined, 'identity', (body: Buffer) => body],
])('it is sent as %s to who takes %s', async (coding, accepted, decode) => {
  const { status, headers, body } = await get('/widget.js', { 'accept-encoding': accepted });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'accept-encoding',
  });
  expect(headers['content-encoding']).toBe(coding);
  expect(decode(body).toString()).toContain('promosmith-code');
});

it('is not sent again to who has it', async () => {
  const first = await get('/widget.js', { 'accept-encoding': 'br' });
  const etag = String(first.headers.etag);
  const again = await get('/widget.js', { 'accept-encoding': 'br', 'if-none-match': etag });
  expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, etag]);
  const other = await get('/widget.js', { 'accept-encoding': 'gzip', 'if-none-match': etag });
  expect(other.status).toBe(200);
});

it('has a name of its own that is kept for ever, and a digest to check it by', async () => {
  const { url, integrity, bytes } = await manifest();
  expect(url).toMatch(/^https:\/\/promo\.example\/widget-[0-9a-f]{16}\.js$/);
  const { status, headers, body } = await get(new URL(url).pathname);
  expect(status).toBe(200);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(`sha384-${createHash('sha384').update(body).digest('base64')}`).toBe(integrity);
  const compressed = await get('/widget.js', { 'accept-encoding': 'gzip' });
  expect(bytes.gzip).toBe(compressed.body.length);
});

it('does not pass for another build', async () => {
  const { status, headers } = await get('/widget-0000000000000000.js');
  expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
});
