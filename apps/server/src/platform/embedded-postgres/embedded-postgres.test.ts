import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findBinaries } from './binaries.ts';
import { newFolder, postmasterPid, query } from './fixtures/server-process.ts';
import {
  deleteEmbeddedPostgres,
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from './index.ts';
import { describeProcess } from './processes.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
let started: EmbeddedPostgres[];
let lines: string[];
const log = (line: string) => lines.push(line);

beforeEach(() => {
  [dataDir, started, lines] = [newFolder(), [], []];
});
afterEach(async () => {
  for (const server of started) await server.stop();
  await deleteEmbeddedPostgres(dataDir);
});

const start = async (settings?: Record<string, string>, folder = dataDir) => {
  const server = await startEmbeddedPostgres({ dataDir: folder, log, ...(settings ? { settings } : {}) });
  started.push(server);
  return server;
};

test('starts a durable PostgreSQL 18 that listens on a private socket only', async () => {
  const { url } = await start();
  const [row] = await query(
    url,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as synchronous_commit, current_setting('full_page_writes') as full_page_writes,
       current_setting('data_checksums') as data_checksums, current_setting('listen_addresses') as listen_addresses,
       current_setting('server_encoding') as server_encoding, datlocprovider, datlocale, current_user as who
     from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({
    major: 18,
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    data_checksums: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    datlocprovider: 'b',
    datlocale: 'C.UTF-8',
    who: 'promosmith',
  });
  expect(statSync(join(dataDir, 'socket')).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, 'cluster')).uid).not.toBe(0);
});

test('keeps the data from one start to the next, and may be stopped twice', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 42 as n');
  await first.stop();
  await first.stop();
  await expect(query(first.url, 'select 1')).rejects.toThrow();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
  expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('interrupted');
});

test('takes settings, and reports what PostgreSQL says when it cannot start', async () => {
  const { url, stop } = await start({ work_mem: '7MB' });
  expect(await query(url, 'show work_mem')).toEqual([{ work_mem: '7MB' }]);
  await stop();
  await expect(start({ work_mem: 'a lot' })).rejects.toThrow(
    'invalid value for parameter "work_mem": "a lot"',
  );
});

test('uses loopback and a password where the path is too long for a socket', async () => {
  // Where we are root, PostgreSQL's account must be able to pass.
  chmodSync(dataDir, 0o711);
  const folder = join(dataDir, 'x'.repeat(100));
  const { url, stop } = await start({}, folder);
  const address = new URL(url);
  expect(address.hostname).toBe('127.0.0.1');
  expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  address.password = 'wrong';
  await expect(query(address.href, 'select 1')).rejects.toThrow('password authentication failed');
  expect(findEmbeddedPostgres(folder)).toBe(url);
  await stop();
});

test('a running server is found by its folder, a stopped one is not', async () => {
  expect(findEmbeddedPostgres(dataDir)).toBeUndefined();
  const { url, stop } = await start();
  expect(findEmbeddedPostgres(dataDir)).toBe(url);
  await stop();
  expect(findEmbeddedPostgres(dataDir)).toBeUndefined();
});

test('a folder is deleted only when nobody serves it', async () => {
  const { stop } = await start();
  await expect(deleteEmbeddedPostgres(dataDir)).rejects.toThrow(`process id ${process.pid}`);
  await stop();
  await deleteEmbeddedPostgres(dataDir);
  expect(existsSync(dataDir)).toBe(false);
});

describe('a folder somebody serves', () => {
  test('is refused to the same process', async () => {
    const { url } = await start();
    await expect(start()).rejects.toThrow(`in use by another server with process id ${process.pid}`);
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  test('is refused when PostgreSQL was started there by hand', async () => {
    await (await start()).stop();
    const cluster = join(dataDir, 'cluster');
    const { uid, gid } = statSync(cluster);
    const { postgres } = findBinaries(process.getuid?.() === 0 ? { uid, gid } : undefined, log);
    const byHand = spawn(postgres, ['-D', cluster, '-k', join(dataDir, 'socket'), '-h', ''], {
      cwd: '/',
      uid,
      gid,
      stdio: 'ignore',
    });
    try {
      await expect
        .poll(() => existsSync(join(cluster, 'postmaster.pid')) && postmasterPid(dataDir))
        .toBe(byHand.pid);
      await expect(start()).rejects.toThrow(`in use by a PostgreSQL server with process id ${byHand.pid}`);
    } finally {
      byHand.kill('SIGINT');
      await once(byHand, 'exit');
    }
  });
});

describe('what a crash of the machine leaves behind does not block a start:', () => {
  const leaveBehind = async (prepare: (pid: number) => void) => {
    await (await start()).stop();
    // A process of PostgreSQL's own account that has got the pid written in the stale file.
    const { uid, gid } = statSync(join(dataDir, 'cluster'));
    const bystander = spawn('sleep', ['60'], { uid, gid, stdio: 'ignore' });
    await once(bystander, 'spawn');
    try {
      prepare(bystander.pid ?? 0);
      const { url } = await start();
      expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
      expect(describeProcess(bystander.pid ?? 0)).toBeDefined();
    } finally {
      bystander.kill();
    }
  };
  const owned = (file: string, text: string) => {
    writeFileSync(file, text, { mode: 0o600 });
    if (process.getuid?.() === 0) chmodSync(file, 0o666);
  };

  test('a pid file whose pid now belongs to another program', () =>
    leaveBehind((pid) =>
      owned(join(dataDir, 'cluster/postmaster.pid'), `${pid}\n${dataDir}/cluster\n1\n5432\n\n\n\nready\n`),
    ));

  test('a pid file whose pid belongs to nobody', () =>
    leaveBehind(() =>
      owned(join(dataDir, 'cluster/postmaster.pid'), `4194303\n${dataDir}/cluster\n1\n5432\n\n\n\nready\n`),
    ));

  test('a pid file cut off before anything was written', () =>
    leaveBehind(() => {
      const file = join(dataDir, 'cluster/postmaster.pid');
      owned(file, '');
      utimesSync(file, 0, 0);
    }));

  test('a socket lock whose pid now belongs to another program', () =>
    leaveBehind((pid) =>
      owned(join(dataDir, 'socket/.s.PGSQL.5432.lock'), `${pid}\n${dataDir}/cluster\n1\n5432\n`),
    ));

  test('a half-made data directory', async () => {
    mkdirSync(join(dataDir, 'new-abc/data'), { recursive: true });
    expect(await query((await start()).url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

test.runIf(process.getuid?.() === 0)(
  'as root, keeps the data elsewhere when PostgreSQL cannot enter the folder',
  async () => {
    const closed = join(dataDir, 'closed');
    mkdirSync(join(closed, 'data'), { recursive: true });
    chmodSync(closed, 0o700);
    const folder = join(closed, 'data');
    const first = await start({}, folder);
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();
    const second = await start({}, folder);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
    await second.stop();
    const elsewhere = /is kept in (\S+)/.exec(lines[0] ?? '')?.[1] ?? '';
    expect(existsSync(join(elsewhere, 'cluster'))).toBe(true);
    await deleteEmbeddedPostgres(folder);
    expect(existsSync(elsewhere)).toBe(false);
    rmSync(closed, { recursive: true, force: true });
  },
);
