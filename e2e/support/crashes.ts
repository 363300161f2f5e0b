import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { type Database, openDatabase } from '../../apps/server/src/platform/db.ts';
import {
  deleteEmbeddedPostgres,
  findEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { betEvent } from '../../apps/server/src/testing/money.ts';
import { activating, createLoad, type Load, type Traffic } from './load.ts';
import { spawnServer } from './servers.ts';

const EVERY_THIRD = 3;
/** Enough for both kinds of work to be under way. */
const BEFORE_KILLS = 200;
const AFTER_KILLS = 100;

const BETTORS = 8;
export const BETS_AT_ONCE = 5;
/** Minor units. */
export const STAKE = 7;
export const WIN = 6;

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

/** The product as an operator runs it, one process with its own PostgreSQL, under load. */
export interface CrashWorld extends AsyncDisposable {
  /** Callers that use the code SURVIVE, each time for a new player named `crash-…`. */
  readonly load: Load;
  /** Callers that tell of the bets of players named `bettor-…`. */
  readonly bets: Load;
  /** Runs `work` with a connection of its own to the server's PostgreSQL. */
  withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T>;
  /**
   * Kills the server, each third time its PostgreSQL, so often under load, and lets the load finish.
   * @returns milliseconds from each kill until both kinds of work were answered again.
   */
  kill(times: number): Promise<number[]>;
}

export async function startCrashWorld(): Promise<CrashWorld> {
  await using stack = new AsyncDisposableStack();
  const dataDir = mkdtempSync(join(tmpdir(), 'promosmith-crash-'));
  const postgresDir = join(dataDir, 'postgres');
  stack.defer(async () => {
    await deleteEmbeddedPostgres(postgresDir);
    rmSync(dataDir, { recursive: true, force: true });
  });
  const serve = () => spawnServer({ DATA_DIR: dataDir }, ['--demo']);
  let server = await serve();
  stack.defer(async () => {
    await server.stop();
  });
  const key = readFileSync(join(dataDir, 'demo.key'), 'utf8');

  async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const url = findEmbeddedPostgres(postgresDir);
    if (!url) throw new Error('the server keeps no PostgreSQL');
    const db = openDatabase(url, { poolSize: 2, onIdleError() {} });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  await withDatabase((db) => makeOffers(db, dataDir));
  for (let n = 0; n < BETTORS; n++) await useCode({ url: server.url, key }, 'PLAY', `bettor-${n}`);

  const url = () => server.url;
  const load = createLoad({ url, key, callers: 32, traffic: activating('SURVIVE') });
  stack.defer(() => load.stop());
  const bets = createLoad({ url, key, callers: BETTORS, traffic: betting });
  stack.defer(() => bets.stop());

  async function killServer(): Promise<void> {
    await server.kill();
    server = await serve();
  }

  /** SIGKILL to the PostgreSQL of the server: its postmaster, without a word. */
  const killPostgres = () =>
    withDatabase(async (db) => {
      const { rows } = await db.query<{ directory: string }>(
        `select current_setting('data_directory') as directory`,
      );
      const pid = readFileSync(join(rows[0]?.directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0];
      process.kill(Number(pid), 'SIGKILL');
    });

  async function kill(times: number): Promise<number[]> {
    load.start();
    bets.start();
    await load.acknowledged(BEFORE_KILLS);
    const recoveries: number[] = [];
    for (let time = 1; time <= times; time++) {
      await delay(100 + ((time * 137) % 400));
      const at = performance.now();
      await (time % EVERY_THIRD === 0 ? killPostgres() : killServer());
      await load.acknowledgedAfter(at);
      await bets.acknowledgedAfter(at);
      recoveries.push(performance.now() - at);
    }
    await load.acknowledged(AFTER_KILLS);
    await load.stop();
    await bets.stop();
    return recoveries;
  }

  const held = stack.move();
  return { load, bets, withDatabase, kill, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Two codes: SURVIVE, which many use, and PLAY, whose bonus takes long to wager. */
async function makeOffers(db: Database, dataDir: string): Promise<void> {
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
}

async function useCode(server: { url: string; key: string }, code: string, player: string): Promise<void> {
  const response = await fetch(`${server.url}/v1/activations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code, player: { id: player, currency: 'EUR' } }),
  });
  if (response.status !== 201) throw new Error(`${player} got no bonus: ${await response.text()}`);
}
