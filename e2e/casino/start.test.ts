import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../apps/server/src/platform/testing/index.ts';
import { type ServerProcess, spawnServer } from '../support/servers.ts';

// Real processes, as `npm start` makes them.

const SLOW = { timeout: 240_000 };

let DATA_DIR: string;
let database: TestDatabase;
beforeEach(async () => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'promosmith-casino-start-'));
  chmodSync(DATA_DIR, 0o711);
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
  rmSync(DATA_DIR, { recursive: true });
});

const start = (settings: Record<string, string> = {}) =>
  spawnServer({ DATABASE_URL: database.url, DATA_DIR, ...settings }, ['--demo']);

/** Where the casino is, and who can sign in. */
async function casinoOf(server: ServerProcess): Promise<{ url: string; player: string }> {
  return expect
    .poll(() => server.printed.join('\n'))
    .toContain('Its player:')
    .then(() => {
      const printed = server.printed.join('\n');
      return {
        url: /^Demo casino: (\S+)$/m.exec(printed)?.[1] ?? '',
        player: /^Its player: (.*)$/m.exec(printed)?.[1] ?? '',
      };
    });
}

const isOpen = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );

test(
  'the casino opens with the demo, has the same player the second time, and ends with the server',
  SLOW,
  async () => {
    const first = await start();
    const before = await casinoOf(first);
    expect(before.player).toMatch(
      /^anna@demo\.example, password \S{12}; or join there with the code LANTERN$/,
    );
    expect(await isOpen(before.url)).toBe(true);
    expect(await first.stop()).toBe(0);
    expect(await isOpen(before.url)).toBe(false);

    const second = await start({ PROCESSES: '2' });
    const after = await casinoOf(second);
    expect(after.player).toBe(before.player);
    const { origin } = new URL(after.url);
    const allowed = await fetch(`${second.url}/v1/me/messages`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);

    // However the server ends, the casino does not stay behind.
    await second.kill();
    await expect.poll(() => isOpen(after.url)).toBe(false);
  },
);

test('a port that is taken costs the casino, not the server', SLOW, async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const errors: string[] = [];
  const server = await start({ CASINO_PORT: String(port) });
  server.process.stderr?.on('data', (part: Buffer) => errors.push(part.toString()));
  await expect.poll(() => server.printed.join('\n')).toContain('the server goes on without it');
  await expect.poll(() => errors.join('')).toMatch(/^The demo casino did not start: .*EADDRINUSE/);
  expect((await fetch(`${server.url}/healthz`)).ok).toBe(true);
  expect(await server.stop()).toBe(0);
  other.close();
});

test('without --demo there is no casino', SLOW, async () => {
  const server = await spawnServer({ DATABASE_URL: database.url, DATA_DIR });
  expect(await server.stop()).toBe(0);
  expect(server.printed.join('\n')).not.toContain('casino');
  expect(existsSync(join(DATA_DIR, 'casino'))).toBe(false);
});
