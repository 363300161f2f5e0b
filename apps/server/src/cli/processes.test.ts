import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seal } from '../platform/chain.ts';
import { loadConfig } from '../platform/config.ts';
import { withDatabase } from './database.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000 });

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
let DATA_DIR: string;
let servers: ChildProcess[];

beforeEach(() => {
  [DATA_DIR, servers] = [mkdtempSync('/tmp/promosmith-cli-'), []];
  // Where we are root, PostgreSQL's account must be able to pass.
  chmodSync(DATA_DIR, 0o711);
});
afterEach(async () => {
  for (const server of servers) await stop(server);
  rmSync(DATA_DIR, { recursive: true });
});

const launch = (args: string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env.PATH,
      DATA_DIR,
      PROCESSES: '1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      DEMO_HISTORY: 'false',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function run(args: string[], env: Record<string, string> = {}) {
  const child = launch(args, env);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}

/** A running server: its base URL and everything it has printed. */
async function serve(...args: string[]) {
  const child = launch(['start', ...args]);
  servers.push(child);
  const printed: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    printed.push(line);
    const url = /^Promosmith listens on (\S+)$/.exec(line)?.[1];
    if (url) return { child, url, printed };
  }
  throw new Error(`the server ended: ${printed.join('\n')}${await text(child.stderr)}`);
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return child.exitCode;
}

test('start serves on its own PostgreSQL until SIGTERM, warns of nothing and leaves nothing running', async () => {
  const { child, url } = await serve();
  const warnings = text(child.stderr);
  const answer = await fetch(`${url}/nowhere`);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await stop(child)).toBe(0);
  expect(await warnings).toBe('');
  await expect(fetch(url)).rejects.toThrow();
  expect(existsSync(join(DATA_DIR, 'postgres/cluster/PG_VERSION'))).toBe(true);
  expect(existsSync(join(DATA_DIR, 'postgres/cluster/postmaster.pid'))).toBe(false);
});

test('a request under way when the signal comes is answered', async () => {
  const { child, url } = await serve();
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  const answer = text(socket);
  socket.write(
    'POST /v1/nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{',
  );
  // The server has the head of the request when it answers another one that was sent later.
  await fetch(`${url}/nowhere`);
  child.kill('SIGTERM');
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'serving',
        () => 'closed',
      ),
    )
    .toBe('closed');
  socket.end('}');
  expect(await answer).toMatch(/^HTTP\/1.1 404 /);
  expect(await stop(child)).toBe(0);
});

test('commands work beside a running server, on its database', async () => {
  const { url } = await serve('--demo');
  const made = await run('keys create --brand demo --name test --scope keys:read brands:read'.split(' '));
  expect(made).toMatchObject({ code: 0, err: '' });
  const keys = await fetch(`${url}/v1/keys`, { headers: { authorization: `Bearer ${made.out.trim()}` } });
  expect(keys.status).toBe(200);
  expect(await run(['doctor'])).toMatchObject({ code: 0 });
  const second = await run(['start']);
  expect(second.code).toBe(1);
  expect(second.err).toMatch(
    /^The data directory \S+ is in use by another server with process id \d+\..*\n$/,
  );
});

test('codes are generated, exported and imported, each bad line told', async () => {
  const { url } = await serve('--demo');
  const headers = { authorization: `Bearer ${readFileSync(join(DATA_DIR, 'demo.key'), 'utf8').trim()}` };
  const campaigns = await fetch(`${url}/v1/campaigns?status=active&limit=1`, { headers });
  const [{ id: campaign }] = ((await campaigns.json()) as { items: [{ id: string }] }).items;
  const codes = (command: string, ...more: string[]) => run(['codes', command, '--brand', 'demo', ...more]);

  const made = await codes('generate', '--campaign', campaign, '--count', '300', '--pattern', 'CLI-########');
  expect(made).toMatchObject({ code: 0, err: expect.stringMatching(/^300 of 300$/m) });
  const batch = /^300 codes in batch (\S+)\n$/.exec(made.out)?.[1] ?? '';
  const exported = await codes('export', '--batch', batch);
  expect(exported).toMatchObject({ code: 0, err: '300 codes\n' });
  expect(new Set(exported.out.match(/^CLI-[0-9A-Z]{8},/gm)).size).toBe(300);

  const file = join(DATA_DIR, 'codes.csv');
  writeFileSync(file, 'code\nBY-HAND-1\nBY-HAND-2\nby hand 1\n');
  const imported = await codes('import', file, '--campaign', campaign);
  expect(imported).toMatchObject({ code: 1, err: 'line 4: code: is the same code as line 2\n' });
  expect(imported.out).toMatch(/^2 codes in batch \S+, 1 lines rejected\n$/);
});

test('doctor names what is wrong and fails; migrate mends it', async () => {
  const before = await run(['doctor']);
  expect(before.code).toBe(1);
  expect(before.out).toMatch(/^PROBLEM +Not applied yet: 0001_/m);
  expect((await run(['migrate'])).out).toMatch(/^applied 0001_/);
  expect(await run(['migrate'])).toMatchObject({ code: 0, out: 'The database is up to date.\n' });
  const after = await run(['doctor']);
  expect(after.code).toBe(0);
  expect(after.out).not.toContain('PROBLEM');
});

test('doctor tells of books that do not add up, by their rows', async () => {
  await run(['migrate']);
  await withDatabase(loadConfig({ NODE_ENV: 'test', DATA_DIR }), (db) =>
    db.query(`insert into counters (counter_key, campaign_id, used) values ('extra', gen_random_uuid(), 1)`),
  );
  const { code, out } = await run(['doctor']);
  expect(code).toBe(1);
  expect(out).toContain(
    'PROBLEM  The books do not add up:\n         ' +
      'limit and budget counters are what activations hold extra: expected used 0, reserved 0, found used 1, reserved 0\n',
  );
});

test('doctor finds an entry of the audit log that was changed behind its back, and says where', async () => {
  expect(await run(['demo'])).toMatchObject({ code: 0 });
  await withDatabase(loadConfig({ NODE_ENV: 'test', DATA_DIR }), async (db) => {
    while (await seal(db, 'audit'));
    await db.query(`update audit_log set action = 'nothing.happened' where position = 1`);
  });
  const { code, out } = await run(['doctor']);
  expect(code).toBe(1);
  expect(out).toMatch(/^PROBLEM {2}Audit log: brand \S+, position 1: altered, /m);
});

test('a mistake is answered in one message, without a stack', async () => {
  const { code, err } = await run(['start', '--port', '70000']);
  expect(code).toBe(1);
  expect(err).toBe('The configuration cannot be used:\n  PORT: must be a whole number from 0 to 65535\n');
});
