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
import { betEvent } from '../apps/server/src/testing/money.ts';
import { expectBalanced } from './support/balanced.ts';
import { activating, createLoad, type Load, type Traffic } from './support/load.ts';
import { type ServerProcess, spawnServer } from './support/servers.ts';

/**
 * The product as an operator runs it, one process with its own PostgreSQL, killed under load again and again: nothing
 * that was acknowledged is lost, nothing is doubled, and it is back within ten seconds.
 */
const KILLS = 20;
const RECOVERY_MS = 10_000;
const EVERY_THIRD = 3;

const BETTORS = 8;
const BETS_AT_ONCE = 5;
/** Minor units. */
const STAKE = 7;
const WIN = 6;

/** Each caller tells of the bets of one player, who has a bonus under way. */
const betting: Traffic = {
  make: (n, caller) => ({
    name: String(n),
    path: '/v1/events',
    body: {
      events: Array.from({ length: BETS_AT_ONCE }, (_, i) =>
        betEvent({ id: `${n}-${i}`, player: `bettor-${caller}`, stake: STAKE, win: WIN }),
      ),
    },
  }),
  read({ results }: { results: { status: string }[] }) {
    const odd = results.find(({ status }) => status !== 'accepted' && status !== 'duplicate');
    if (odd) throw new Error(`a bet was not taken: ${JSON.stringify(odd)}`);
    return 'taken';
  },
};

let dataDir: string;
let server: ServerProcess;
let load: Load;
let bets: Load;

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
    const reward = {
      kind: 'bonus_balance',
      amount: { EUR: 1_000_000 },
      wagering: { multiplier: 100_000 },
    } as const;
    await createOffer({ db, brand, config }, { code: 'PLAY', definition: { rewards: [reward] } });
  });
  for (let n = 0; n < BETTORS; n++) await useCode('PLAY', `bettor-${n}`);
  load = createLoad({
    url: () => server.url,
    key: readFileSync(join(dataDir, 'demo.key'), 'utf8'),
    callers: 32,
    traffic: activating('SURVIVE'),
  });
  bets = createLoad({
    url: () => server.url,
    key: readFileSync(join(dataDir, 'demo.key'), 'utf8'),
    callers: BETTORS,
    traffic: betting,
  });
}, 120_000);

afterAll(async () => {
  await load?.stop();
  await bets?.stop();
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

async function useCode(code: string, player: string): Promise<void> {
  const response = await fetch(`${server.url}/v1/activations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${readFileSync(join(dataDir, 'demo.key'), 'utf8')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ code, player: { id: player, currency: 'EUR' } }),
  });
  if (response.status !== 201) throw new Error(`${player} got no bonus: ${await response.text()}`);
}

/** Every bet that was acknowledged is there, once, in the turnover and in the balance of the bonus. */
async function expectBets(db: Database, acknowledged: number): Promise<void> {
  const { rows } = await db.query<Record<string, number>>(
    `select count(*)::int as bets,
       (select sum(g.wagered / 10000)::int from grants g join players p using (player_id)
        where p.external_id like 'bettor-%') as wagered,
       (select sum(g.amount - g.balance)::int from grants g join players p using (player_id)
        where p.external_id like 'bettor-%') + (select -sum(real)::int from wallets) as lost
     from bets`,
  );
  expect(rows).toEqual([
    { bets: acknowledged, wagered: acknowledged * STAKE, lost: acknowledged * (STAKE - WIN) },
  ]);
}

describe('kill -9 under load', () => {
  it(`${KILLS} times, of the server and of PostgreSQL`, { timeout: 300_000 }, async () => {
    load.start();
    bets.start();
    await load.acknowledged(200);
    const recoveries: number[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      await delay(100 + ((kill * 137) % 400));
      const at = performance.now();
      await (kill % EVERY_THIRD === 0 ? killPostgres() : killServer());
      await load.acknowledgedAfter(at);
      await bets.acknowledgedAfter(at);
      recoveries.push(performance.now() - at);
    }
    await load.acknowledged(100);
    await load.stop();
    await bets.stop();
    expect(Math.max(...recoveries)).toBeLessThan(RECOVERY_MS);

    const acknowledged = load.answers();
    expect(acknowledged.size).toBeGreaterThan(KILLS * 10);
    await withDatabase(async (db) => {
      const { rows } = await db.query<{ player: string; id: string }>(
        `select player_external_id as player, activation_id as id from activations
         where outcome = 'accepted' and player_external_id like 'crash-%'`,
      );
      const stored = new Map(rows.map(({ player, id }) => [player, id]));
      expect(stored.size, 'no player has two').toBe(rows.length);
      for (const [player, id] of acknowledged) expect(stored.get(player), player).toBe(id);
      const { rows: uses } = await db.query(
        `select uses::int as uses from codes where shared_text = 'SURVIVE'`,
      );
      expect(uses).toEqual([{ uses: rows.length }]);
      await expectBalanced(db);
      await expectBets(db, bets.answers().size * BETS_AT_ONCE);
    });
  });
});
