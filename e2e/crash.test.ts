import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../apps/server/src/platform/config.ts';
import { type Database, openDatabase } from '../apps/server/src/platform/db.ts';
import {
  deleteEmbeddedPostgres,
  findEmbeddedPostgres,
} from '../apps/server/src/platform/embedded-postgres/index.ts';
import { createOffer } from '../apps/server/src/testing/fixtures.ts';
import { expectBalanced } from './support/balanced.ts';
import { createLoad, type Load } from './support/load.ts';
import { type ServerProcess, spawnServer } from './support/servers.ts';

/**
 * The product as an operator runs it, one process with its own PostgreSQL, killed under load again and again: nothing
 * that was acknowledged is lost, nothing is doubled, and it is back within ten seconds.
 */
const KILLS = 20;
const RECOVERY_MS = 10_000;
const EVERY_THIRD = 3;

let dataDir: string;
let server: ServerProcess;
let load: Load;

/** Where the server keeps its PostgreSQL. */
const postgresDir = () => join(dataDir, 'postgres');
const serve = () => spawnServer({ DATA_DIR: dataDir }, ['--demo']);

/** Runs `work` with a connection of the test's own to the server's PostgreSQL. */
async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const url = findEmbeddedPostgres(postgresDir());
  if (!url) throw new Error('the server keeps no PostgreSQL');
  const db = openDatabase(url, { poolSize: 2, onIdleError() {} });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'promosmith-crash-'));
  server = await serve();
  await withDatabase(async (db) => {
    const { rows } = await db.query<{ brandId: string }>(`select brand_id as "brandId" from brands`);
    const brand = rows[0];
    if (!brand) throw new Error('the demo made no brand');
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir });
    const definition = { limits: [{ scope: 'player' as const, max: 1 }], budget: { EUR: 1_000_000_000 } };
    await createOffer({ db, brand, config }, { code: 'SURVIVE', maxUses: 1_000_000, definition });
  });
  load = createLoad({
    url: () => server.url,
    key: readFileSync(join(dataDir, 'demo.key'), 'utf8'),
    callers: 32,
    code: 'SURVIVE',
  });
}, 120_000);

afterAll(async () => {
  await load?.stop();
  await server?.stop();
  await deleteEmbeddedPostgres(postgresDir());
  rmSync(dataDir, { recursive: true, force: true });
});

/** SIGKILL to the PostgreSQL of the server: its postmaster, without a word. */
const killPostgres = () =>
  withDatabase(async (db) => {
    const { rows } = await db.query<{ directory: string }>(
      `select current_setting('data_directory') as directory`,
    );
    const pid = readFileSync(join(rows[0]?.directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0];
    process.kill(Number(pid), 'SIGKILL');
  });

async function killServer(): Promise<void> {
  await server.kill();
  server = await serve();
}

describe('kill -9 under load', () => {
  it(`${KILLS} times, of the server and of PostgreSQL`, { timeout: 300_000 }, async () => {
    load.start();
    await load.acknowledged(200);
    const recoveries: number[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      await delay(100 + ((kill * 137) % 400));
      const at = performance.now();
      await (kill % EVERY_THIRD === 0 ? killPostgres() : killServer());
      await load.acknowledgedAfter(at);
      recoveries.push(performance.now() - at);
    }
    await load.acknowledged(100);
    await load.stop();
    expect(Math.max(...recoveries)).toBeLessThan(RECOVERY_MS);

    const acknowledged = load.answers();
    expect(acknowledged.size).toBeGreaterThan(KILLS * 10);
    await withDatabase(async (db) => {
      const { rows } = await db.query<{ player: string; id: string }>(
        `select player_external_id as player, activation_id as id from activations where outcome = 'accepted'`,
      );
      const stored = new Map(rows.map(({ player, id }) => [player, id]));
      expect(stored.size, 'no player has two').toBe(rows.length);
      for (const [player, id] of acknowledged) expect(stored.get(player), player).toBe(id);
      const { rows: uses } = await db.query(
        `select uses::int as uses from codes where shared_text = 'SURVIVE'`,
      );
      expect(uses).toEqual([{ uses: rows.length }]);
      await expectBalanced(db);
    });
  });
});
