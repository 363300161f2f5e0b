import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPublishedKeys } from './published-keys.ts';

const header = { alg: 'ES256', kid: 'one' };

let server: Server;
let port: number;
let key: JWK;
let answer: () => { status?: number; headers?: Record<string, string>; body?: string };
let asked: string[];

beforeAll(async () => {
  key = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'one' };
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, headers = {}, body = '' } = answer();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = [];
  answer = () => ({ body: JSON.stringify({ keys: [key] }) });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fetched = (allowPrivate: boolean, host = '127.0.0.1') =>
  createPublishedKeys(allowPrivate).of('brand', `http://${host}:${port}/keys.json`)(header);

test('a published key is found by its id', async () => {
  expect(await fetched(true)).toMatchObject({ type: 'public' });
});

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])(
  'keys at %s are not fetched unless private addresses are allowed',
  async (host) => {
    await expect(fetched(false, host)).rejects.toThrow();
    expect(asked).toEqual([]);
  },
);

test('a redirect is not followed', async () => {
  answer = () => ({ status: 302, headers: { location: '/elsewhere' } });
  await expect(fetched(true)).rejects.toThrow();
  expect(asked).toEqual(['/keys.json']);
});

test('an endless set is cut off', async () => {
  answer = () => ({ body: JSON.stringify({ keys: [key], filler: 'x'.repeat(300_000) }) });
  await expect(fetched(true)).rejects.toThrow();
});
