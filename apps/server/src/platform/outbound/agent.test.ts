import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAgent, ForbiddenAddressError, onlyCallable } from './agent.ts';
import type { Resolve } from './name-servers.ts';

let server: Server;
let port: number;
let reached = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    reached++;
    response.end('inside');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers each look-up with the next of these addresses; the last one for good. */
const resolvesTo = (...answers: string[][]): Resolve => {
  let asked = 0;
  return (_, __, callback) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
};

async function call(url: string, options: { resolve?: Resolve; allowPrivate?: boolean }): Promise<string> {
  const agent = createAgent({ allowPrivate: false, connectTimeoutMs: 300, ...options });
  try {
    const answer = await request(url, { dispatcher: agent, method: 'POST' });
    return await answer.body.text();
  } finally {
    await agent.destroy();
  }
}

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '168.63.129.16',
  '::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'fe80::1%lo',
  'fd00::1',
  'nonsense',
])('a name that leads to %s is not connected to', async (address) => {
  const resolve = resolvesTo([address]);
  await expect(call(`http://hooks.example.com:${port}/`, { resolve })).rejects.toThrow(ForbiddenAddressError);
});

test.each(['http://127.0.0.1', 'http://[::ffff:127.0.0.1]', 'http://[::1]', 'http://2130706433'])(
  '%s, which needs no look-up, is not connected to',
  async (origin) => {
    await expect(call(`${origin}:${port}/`, {})).rejects.toThrow(ForbiddenAddressError);
  },
);

test('of several addresses only the public ones are left', () => {
  const resolve = onlyCallable(
    resolvesTo(['127.0.0.1', '8.8.8.8', '::1', '2606:4700::1111', '192.168.0.1']),
    false,
  );
  resolve('hooks.example.com', { all: true }, (error, addresses) => {
    expect(error).toBeNull();
    expect(addresses.map(({ address }) => address)).toEqual(['8.8.8.8', '2606:4700::1111']);
  });
  expect.hasAssertions();
});

test('a name that leads elsewhere once it was judged is judged again', async () => {
  const resolve = resolvesTo(['127.0.0.1'], ['10.0.0.1']);
  const agent = createAgent({ allowPrivate: false, connectTimeoutMs: 300, resolve });
  for (let tries = 0; tries < 3; tries++) {
    const sent = request(`http://rebinding.example.com:${port}/`, { dispatcher: agent, method: 'POST' });
    await expect(sent).rejects.toThrow(ForbiddenAddressError);
  }
  await agent.destroy();
});

test('where private addresses are allowed, names and addresses lead there', async () => {
  const resolve = resolvesTo(['127.0.0.1']);
  expect(await call(`http://hooks.example.com:${port}/`, { resolve, allowPrivate: true })).toBe('inside');
  expect(await call(`http://127.0.0.1:${port}/`, { allowPrivate: true })).toBe('inside');
  expect(reached).toBe(2);
});

test.each([
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  'fe80::1%lo',
  'fd00:ec2::254',
  '::ffff:169.254.169.254',
])('a name that leads to %s is not connected to even there', async (address) => {
  const called = call(`http://metadata.example.com:${port}/`, {
    resolve: resolvesTo([address]),
    allowPrivate: true,
  });
  await expect(called).rejects.toThrow(ForbiddenAddressError);
});

test.each(['http://169.254.169.254', 'http://[fe80::1]', 'http://[::ffff:a9fe:a9fe]', 'http://2852039166'])(
  '%s, which needs no look-up, is not connected to even there',
  async (origin) => {
    await expect(call(`${origin}:${port}/`, { allowPrivate: true })).rejects.toThrow(ForbiddenAddressError);
  },
);

test('a name that does not resolve fails as such', async () => {
  const resolve: Resolve = (_, __, callback) =>
    callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }), []);
  await expect(call('http://hooks.example.com/', { resolve })).rejects.toThrow('ENOTFOUND');
});

test('no request waits for another one to connect', async () => {
  let lookUps = 0;
  const agent = createAgent({ allowPrivate: false, connectTimeoutMs: 30_000, resolve: () => lookUps++ });
  const calls = Array.from({ length: 5 }, () => request('https://hooks.example.com/', { dispatcher: agent }));
  const ended = Promise.allSettled(calls);
  expect(lookUps).toBe(5);
  await agent.destroy();
  expect((await ended).map(({ status }) => status)).toEqual(calls.map(() => 'rejected'));
});
