import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from '../../apps/server/src/platform/db.ts';
import { newId, playerId } from '../../apps/server/src/platform/ids.ts';
import type { BenchBrand } from '../environment/brand.ts';
import { BONUS, CURRENCY } from '../environment/campaigns.ts';
import { PLAYERS } from '../environment/players.ts';
import { playerName } from '../load/index.ts';

const CONNECTIONS = 16;
const NO_LIMIT_IN_REACH = 1_000_000_000;
const WAGERING = BONUS * 35 * 10_000;

const SCHEMA = new URL('./schema.sql', import.meta.url);

export const createBaseline = (db: Database): Promise<unknown> => db.query(readFileSync(SCHEMA, 'utf8'));

/** What the product stores of an activation besides its columns: taken from one of its own rows. */
export interface StoredDetail {
  entry: string;
  seen: string;
}

export interface BaselineRun {
  /** Counters to take from: one for everybody, or one per call. */
  counters: number;
  /** Whether callers queue at an advisory lock. */
  lock: boolean;
  /** Until when to call: for a time after a warm-up that is not counted, or each counter once. */
  until: { warmUpMs: number; measureMs: number } | 'all counters';
}

/** @returns calls per second of the stored procedure at 16 connections, each call prepared once per connection. */
export async function runBaseline(
  db: Database,
  url: string,
  { brandId }: BenchBrand,
  detail: StoredDetail,
  { counters, lock, until }: BaselineRun,
): Promise<number> {
  const campaignId = newId();
  const keys = Array.from({ length: counters }, () => newId());
  await db.query(
    'insert into hand.counters (counter_key, maximum) select key, $2 from unnest($1::uuid[]) as t (key)',
    [keys, NO_LIMIT_IN_REACH],
  );
  await db.query('analyze hand.counters');
  const clients = await connect(url);
  const total = until === 'all counters' ? counters : PLAYERS.count;
  let started = 0;
  let done = 0;
  let stopped = false;

  async function call(client: pg.Client): Promise<void> {
    while (!stopped && started < total) {
      const n = started++;
      const name = playerName(PLAYERS, n);
      const counter = keys[counters === 1 ? 0 : n];
      await client.query({
        name: 'activate',
        text: 'select hand.activate($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
        values: [
          playerId(brandId, name),
          name,
          `${campaignId}-${n}`,
          'mKm0hJkPZr1Z6a8q4yKx0WmJrG7vY2n5b8c1d4e7f0A',
          counter,
          '••••0001',
          brandId,
          campaignId,
          CURRENCY,
          BONUS,
          WAGERING,
          detail.entry,
          detail.seen,
          lock,
        ],
      });
      done++;
    }
  }

  try {
    let startedAt = performance.now();
    const callers = Promise.all(clients.map(call));
    if (until === 'all counters') {
      await callers;
      return done / ((performance.now() - startedAt) / 1000);
    }
    await Promise.race([sleep(until.warmUpMs), callers]);
    const before = done;
    startedAt = performance.now();
    await Promise.race([sleep(until.measureMs), callers]);
    const perSecond = (done - before) / ((performance.now() - startedAt) / 1000);
    stopped = true;
    await callers;
    await checkBaseline(db, keys, done);
    return perSecond;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** @throws when the procedure lost or doubled anything. */
async function checkBaseline(db: Database, counters: readonly string[], calls: number): Promise<void> {
  const { rows } = await db.query<Record<string, number>>(
    `select (select sum(used) from hand.counters where counter_key = any($1))::int as used,
       (select count(*) from hand.activations where code_key = any($1))::int as activations`,
    [counters],
  );
  const { used, activations } = rows[0] ?? {};
  if (used !== calls || activations !== calls)
    throw new Error(`${calls} calls, but ${used} uses and ${activations} activations`);
}

async function connect(url: string): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
}
