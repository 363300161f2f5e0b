import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  endAll,
  newFolder,
  postmasterPid,
  query,
  queryWhenUp,
  serveFolder,
} from './fixtures/server-process.ts';
import { deleteEmbeddedPostgres } from './index.ts';
import { describeProcess } from './processes.ts';

// Each test starts several processes.
vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
beforeEach(() => {
  dataDir = newFolder();
});
afterEach(async () => {
  await endAll();
  await deleteEmbeddedPostgres(dataDir);
});

const log = () => readFileSync(join(dataDir, 'postgres.log'), 'utf8');

test.each(['SIGINT', 'SIGTERM'] as const)('%s to the server ends PostgreSQL cleanly', async (signal) => {
  const server = serveFolder(dataDir);
  await server.url;
  await server.kill(signal);
  expect(existsSync(join(dataDir, 'cluster/postmaster.pid'))).toBe(false);
  expect(log().trimEnd()).toMatch(/database system is shut down$/);
});

test('after kill -9 of the server the next one takes over, with everything that was committed', async () => {
  const first = serveFolder(dataDir);
  await query(await first.url, 'create table kept as select 42 as n');
  const orphan = postmasterPid(dataDir);
  await first.kill('SIGKILL');
  expect(describeProcess(orphan)).toBeDefined();

  const second = serveFolder(dataDir);
  expect(await query(await second.url, 'select n from kept')).toEqual([{ n: 42 }]);
  expect(describeProcess(orphan)).toBeUndefined();
});

test('after kill -9 of PostgreSQL it is started again at the same address and recovers', async () => {
  const server = serveFolder(dataDir);
  const url = await server.url;
  await query(url, 'create table kept as select 42 as n');
  const killed = postmasterPid(dataDir);
  // A backend that is too busy to notice that its postmaster died keeps the shared memory in use.
  const busy = query(url, 'select count(*) from generate_series(1, 1e12::bigint)').catch(
    (error: Error) => error.message,
  );
  await expect
    .poll(() =>
      query(url, "select 1 from pg_stat_activity where query like '%1e12%' and pid <> pg_backend_pid()"),
    )
    .toHaveLength(1);
  process.kill(killed, 'SIGKILL');

  expect(await queryWhenUp(url, 'select n from kept')).toEqual([{ n: 42 }]);
  expect(await busy).toContain('Connection terminated unexpectedly');
  expect(postmasterPid(dataDir)).not.toBe(killed);
  expect(log()).toContain('database system was not properly shut down; automatic recovery in progress');
});

test('after kill -9 of both the next server recovers', async () => {
  const first = serveFolder(dataDir);
  await query(await first.url, 'create table kept as select 42 as n');
  const postmaster = postmasterPid(dataDir);
  await first.kill('SIGKILL');
  process.kill(postmaster, 'SIGKILL');

  const second = serveFolder(dataDir);
  expect(await query(await second.url, 'select n from kept')).toEqual([{ n: 42 }]);
});

test('a second process on the folder is refused with the pid of the first, which goes on', async () => {
  const first = serveFolder(dataDir);
  const url = await first.url;
  const second = serveFolder(dataDir);
  await expect(second.url).rejects.toThrow(
    `The data directory ${join(dataDir, 'cluster')} is in use by another server with process id ${first.pid}.`,
  );
  expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test.each(['an empty folder', 'the folder of a killed server'])(
  'of processes that start together on %s exactly one gets it',
  async (state) => {
    if (state === 'the folder of a killed server') {
      const killed = serveFolder(dataDir);
      await killed.url;
      await killed.kill('SIGKILL');
    }
    const servers = Array.from({ length: 4 }, () => serveFolder(dataDir));
    const outcomes = await Promise.allSettled(servers.map(({ url }) => url));
    const winners = servers.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(String(outcome.reason)).toContain(
          `in use by another server with process id ${winners[0]?.pid}.`,
        );
    }
    expect(await query((await winners[0]?.url) ?? '', 'select 1 as n')).toEqual([{ n: 1 }]);
  },
);
