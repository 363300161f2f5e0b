import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { deleteEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { describeProcess } from '../apps/server/src/platform/embedded-postgres/processes.ts';
import { createOffer } from '../apps/server/src/testing/fixtures.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { expectBalanced } from './support/balanced.ts';
import { createCallers } from './support/callers.ts';
import { activating, createLoad } from './support/load.ts';
import { type ServerProcess, spawnServer, startServer } from './support/servers.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000 });

/** One `start` that serves in two processes: as exact as one, and none of them missed for long. */
const SETTINGS = { PROCESSES: '2', DB_POOL_SIZE: '3', LOG_LEVEL: 'info' };

let app: TestApp;
let server: ServerProcess;
beforeAll(async () => {
  app = await startTestApp();
  server = await startServer(app, SETTINGS);
});
afterAll(async () => {
  await server?.stop();
  await app?.close();
});

interface LogLine {
  msg: string;
  /** Of the process that serves; the primary's lines have none. */
  pid?: number;
  why?: string;
}
const logOf = ({ printed }: ServerProcess): LogLine[] =>
  printed.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

const pidsThat = (saidSo: RegExp, of: ServerProcess): number[] => [
  ...new Set(logOf(of).flatMap(({ msg, pid }) => (pid && saidSo.test(msg) ? [pid] : []))),
];
const runs = (pid: number): boolean => describeProcess(pid) !== undefined;
/** The ids of the two processes that serve, once they do. */
async function bothOf(of: ServerProcess): Promise<[number, number]> {
  const running = () => pidsThat(/^Server listening/, of).filter(runs);
  await expect.poll(running).toHaveLength(2);
  return running() as [number, number];
}
const replacements = (): LogLine[] => logOf(server).filter(({ msg }) => msg.includes('ended by itself'));

/** A figure of the server's metrics, 0 when it has none. */
async function metric(name: string): Promise<number> {
  const scraped = await (await fetch(`${server.url}/metrics`)).text();
  const line = scraped.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}
const answered = (status: number): Promise<number> =>
  metric(`http_request_duration_seconds_count{method="POST",route="/v1/activations",status="${status}"}`);

test('a limit of 100 gives exactly 100 of 500 over one port, by both processes, and one scrape counts them all', async () => {
  await createOffer(app, { code: 'SHARED', maxUses: 100 });
  const callers = createCallers([server.url], app.ownerKey);
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, i) =>
      callers.post('/v1/activations', {
        code: 'SHARED',
        player: { id: `shared-${i}`, country: 'DE', currency: 'EUR' },
      }),
    ),
  );
  await callers.close();
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
  expect(answers.filter(({ body }) => body.key === 'quantity_exceeded')).toHaveLength(400);
  await expect.poll(() => pidsThat(/^request$/, server)).toHaveLength(2);
  await expect.poll(() => Promise.all([answered(201), answered(422)])).toEqual([100, 400]);
  expect(await metric('promosmith_processes')).toBe(2);
});

test('kill -9 of one under load: nothing acknowledged is lost, and another takes its place', async () => {
  await createOffer(app, { code: 'SURVIVE', maxUses: 1_000_000 });
  const traffic = activating('SURVIVE');
  const load = createLoad({ url: () => server.url, key: app.ownerKey, callers: 16, traffic });
  load.start();
  await load.acknowledged(100);
  const [killed] = await bothOf(server);
  process.kill(killed, 'SIGKILL');
  await load.acknowledged(100);
  await bothOf(server);
  await load.acknowledged(100);
  await load.stop();
  expect(runs(killed)).toBe(false);

  const { rows } = await app.db.query<{ player: string; id: string }>(
    `select player_external_id as player, activation_id as id from activations
     where outcome = 'accepted' and player_external_id like 'crash-%'`,
  );
  const stored = new Map(rows.map(({ player, id }) => [player, id]));
  expect(stored.size, 'no player has two').toBe(rows.length);
  for (const [player, id] of load.answers()) expect(stored.get(player), player).toBe(id);
  await expectBalanced(app.db);
});

test('one of them does the work in the background, and so does what takes its place', async () => {
  await bothOf(server);
  const leaders = () => pidsThat(/^this process does the work in the background$/, server).filter(runs);
  const [leader = Number.NaN, ...others] = leaders();
  expect(others).toEqual([]);
  process.kill(leader, 'SIGKILL');
  await expect.poll(leaders).toEqual([expect.not.toBeOneOf([leader])]);
  await bothOf(server);
  expect(leaders()).toHaveLength(1);
});

test('one that cannot come back is tried again while the others serve, and what it counted stays counted', async () => {
  const { rows } = await app.db.query('select key_check from installation');
  await app.db.query('update installation set key_check = $1', [randomBytes(32)]);
  const before = replacements().length;
  const [killed] = await bothOf(server);
  const counted = await answered(201);
  process.kill(killed, 'SIGKILL');
  await expect.poll(() => replacements().length).toBeGreaterThanOrEqual(before + 3);
  expect(await metric('promosmith_processes')).toBe(1);
  expect(await answered(201)).toBe(counted);
  await app.db.query('update installation set key_check = $1', [rows[0]?.key_check]);
  await expect.poll(() => metric('promosmith_processes')).toBe(2);
  const [first, ...later] = replacements().slice(before);
  expect(first?.why).toBe('it ended with SIGKILL');
  for (const { why } of later) expect(why).toMatch(/^SECRET_KEY is not the key this database was made with/);
});

function takesConnections(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

test('SIGTERM drains: what is under way is answered, nothing new is taken, and all end', async () => {
  const pids = await bothOf(server);
  const { url } = server;
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let received = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    received += part;
  });
  socket.write(
    'POST /v1/nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 2\r\n' +
      'expect: 100-continue\r\n\r\n',
  );
  await expect.poll(() => received).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  const stopped = server.stop();
  await expect.poll(() => takesConnections(url)).toBe(false);
  socket.end('{}');
  await once(socket, 'close');
  expect(received).toContain('HTTP/1.1 404 ');
  expect(await stopped).toBe(0);
  expect(pids.filter(runs)).toEqual([]);
});

test('one that cannot start makes the start fail, in the words of a single process, once', async () => {
  const outcomes = [
    startServer(app, { ...SETTINGS, PORT: new URL(app.url).port }),
    startServer(app, { ...SETTINGS, SECRET_KEY: randomBytes(32).toString('base64') }),
  ].map((start) => start.then(String, ({ message }: Error) => message));
  const [taken, stranger] = await Promise.all(outcomes);
  expect(taken).toMatch(/ 1 before it listened: Another program uses port \d+ of 127.0.0.1; [^\n]*\n$/);
  expect(stranger).toMatch(/ 1 before it listened: SECRET_KEY is not the key [^\n]*\n$/);
});

test('kill -9 of the primary ends the others at once: the next start has the port and the database', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'promosmith-processes-'));
  chmodSync(dataDir, 0o711);
  onTestFinished(async () => {
    await deleteEmbeddedPostgres(join(dataDir, 'postgres'));
    rmSync(dataDir, { recursive: true });
  });
  const own = await spawnServer({ ...SETTINGS, DATA_DIR: dataDir });
  onTestFinished(async () => void (await own.stop()));
  const pids = await bothOf(own);
  await own.kill();
  await expect.poll(() => pids.filter(runs)).toEqual([]);

  const next = await spawnServer({ ...SETTINGS, DATA_DIR: dataDir, PORT: new URL(own.url).port });
  onTestFinished(async () => void (await next.stop()));
  expect(next.url).toBe(own.url);
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
  expect(await next.stop()).toBe(0);
});
