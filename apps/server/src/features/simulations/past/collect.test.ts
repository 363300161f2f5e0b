import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { type Asked, collectTries } from './collect.ts';
import { inTime } from './in-time.ts';

/** Three parts, the last one smaller. */
const PLAYERS = 12_000;
const AT_ONCE = 5_000;
const [START, DAY] = [Date.parse('2026-03-01T00:00:00Z'), 86_400_000];
const brandId = newId();
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.query(
    `insert into players (player_id, brand_id, external_id, currency)
     select gen_random_uuid(), $1, n, 'EUR' from generate_series(1, $2::int) n`,
    [brandId, PLAYERS],
  );
  await db.query(
    `insert into platform_events (player_id, event_id, brand_id, type, time, data)
     select player_id, d, brand_id, 'login', '2026-03-01'::timestamptz + make_interval(days => d), '{}'
     from players, generate_series(1, 2) d`,
  );
  await db.query('analyze players, platform_events');
});
afterAll(() => database.drop());

const asked: Asked = {
  ...{ brandId, assume: { kind: 'everyone' }, fields: new Set(['depositCount', 'lastLoginAt']) },
  dayStarts: Array.from({ length: 32 }, (_, day) => START + day * DAY),
};

interface Plan {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

test('a part reads the players of its own alone, and their events once', async () => {
  const client = await database.db.pool.connect();
  const read: { table: string; rows: number }[][] = [];
  const session = {
    query: async (text: string, values: unknown[]) => {
      if (!text.startsWith('insert into tries')) return client.query(text, values);
      const explain = `explain (analyze, format json) ${text}`;
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain, values);
      const nodes = rows.flatMap((row) => nodesOf(row['QUERY PLAN'][0].Plan));
      read.push(
        nodes.flatMap((node) => {
          const table = node['Relation Name'];
          return table === 'players' || table === 'platform_events'
            ? [{ table, rows: node['Actual Rows'] * node['Actual Loops'] }]
            : [];
        }),
      );
      return { rows: [], rowCount: AT_ONCE };
    },
  };
  const shares: number[] = [];
  const collected = await collectTries([session as unknown as Queryable], asked, (share) =>
    shares.push(share),
  );
  const { rows } = await client.query<{ tries: number }>('select count(*)::int as tries from tries');
  client.release(true);
  expect([collected, rows[0]?.tries, shares.length]).toEqual([3 * AT_ONCE, PLAYERS * 2, 3]);
  for (const of of read) {
    expect(of.map(({ table }) => table).sort()).toEqual(['platform_events', 'players']);
    for (const { table, rows: most } of of)
      expect(most, table).toBeLessThanOrEqual(table === 'players' ? AT_ONCE : 2 * AT_ONCE);
  }
});

test('sessions that share the players read them in the same order as one, the next page while one is used', async () => {
  const readBy = async (count: number): Promise<[playerIds: string[], pages: number[]]> => {
    const clients = await Promise.all(Array.from({ length: count }, () => database.db.pool.connect()));
    const shares: number[] = [];
    const tries = await collectTries(clients as unknown as Queryable[], asked, (share) => shares.push(share));
    const order: string[] = [];
    const pages: number[] = [];
    for await (const page of inTime(clients as unknown as Queryable[])) {
      pages.push(page.length);
      order.push(...page.map(({ at, playerId }) => `${at} ${playerId}`));
    }
    for (const client of clients) client.release(true);
    expect([tries, order.length]).toEqual([2 * PLAYERS, 2 * PLAYERS]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.99);
    return [order, pages];
  };
  const alone = await readBy(1);
  expect(alone).toEqual([alone[0].toSorted(), [4_000, 4_000, 4_000, 4_000, 4_000, 4_000]]);
  expect(await readBy(3)).toEqual(alone);
});
