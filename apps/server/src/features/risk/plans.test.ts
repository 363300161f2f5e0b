import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { rowByRow } from '../../platform/row-by-row.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { readGraph } from './graph.ts';
import type { Identifiers } from './identifiers/keys.ts';
import { findBehind } from './linking/feeds.ts';
import { recordLinks } from './linking/links.ts';
import { sightingsBehind, sightingsInData, takeSightings } from './linking/sightings.ts';
import { findPolicy } from './policies/store.ts';
import { markAged, othersBehind } from './profiles/due.ts';
import { loadHistories } from './profiles/history.ts';
import { findDue } from './profiles/reassess.ts';
import { listClusters, readProfile } from './views.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-000000000001';
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const PLAYERS = [idOf(1), idOf(2), idOf(3)];

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan. */
beforeAll(async () => {
  database = await createTestDatabase();
  const player = `('00000000-0000-4000-8000-' || lpad((n % 20000)::text, 12, '0'))::uuid`;
  const statements = [
    `insert into brands (brand_id, slug, name, time_zone, currency) values ('${BRAND}', 'b', 'B', 'UTC', 'EUR')`,
    `insert into players (player_id, brand_id, external_id) select ${player}, '${BRAND}', 'p' || n from generate_series(0, 19999) n`,
    `insert into risk_profiles (player_id, brand_id, assessed_at, cluster_id)
     select ${player}, '${BRAND}', now(), case when n % 2 = 0 then md5((n / 10)::text)::uuid end from generate_series(0, 19999) n`,
    `update risk_profiles set due_at = now() where player_id < '${idOf(20)}'`,
    `insert into risk_clusters (brand_id, cluster_id, players, changed_at)
     select '${BRAND}', md5(n::text)::uuid, 5, now() from generate_series(0, 1999) n`,
    `insert into risk_identifiers (identifier_key, brand_id, kind, hint, players, first_player_id, first_seen_at)
     select md5('i' || n)::uuid, '${BRAND}', 'device', '', 3, ${player}, now() from generate_series(0, 19999) n`,
    `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
     select md5('i' || (n / 3))::uuid, ${player}, '${BRAND}', 'device', now(), now() from generate_series(0, 59999) n`,
    `insert into risk_sightings (player_id, sighting_id, brand_id, identifiers, at)
     select ${player}, md5('s' || n)::uuid, case when n % 100 = 0 then '${BRAND}'::uuid else md5((n % 100)::text)::uuid end, '[]', now()
     from generate_series(0, 19999) n`,
    `insert into risk_policies (brand_id, version, points, bands, reason, created_by)
     select md5((n % 100)::text)::uuid, n + 1, '{}', '{}', '', '{}' from generate_series(0, 9999) n`,
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, at)
     select ${player}, 'b' || n, '${BRAND}', 'r', 'g', 'EUR', 1, 0, now() from generate_series(0, 59999) n`,
    `insert into wallet_entries (player_id, reference, kind, brand_id, currency, amount, detail, at)
     select ${player}, 'w' || n, case when n % 2 = 0 then 'deposit' else 'withdrawal_requested' end, '${BRAND}', 'EUR', 1, '{}', now()
     from generate_series(0, 59999) n`,
    `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       created_at, changed_at)
     select ${player}, md5('g' || n)::uuid, '${BRAND}', '${BRAND}', 1, 0, 'bonus_balance', 'active', 'EUR', now(), now()
     from generate_series(0, 39999) n`,
    'vacuum analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 120_000);
afterAll(() => database.drop());

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['who is due', (db) => findDue(db, [])],
  ['whom what is known of somebody concerns', (db) => othersBehind(db, PLAYERS)],
  ['who tries codes and was looked at long ago', (db) => markAged(db, PLAYERS)],
  ['the past of accounts', (db) => loadHistories(db, PLAYERS)],
  ['what was told of a brand', (db) => takeSightings(db, BRAND, 10)],
  ['weights', (db) => findPolicy(db, BRAND)],
  ['a profile', (db) => readProfile(db, BRAND, 'p1', DEFAULT_POLICY)],
  ['the graph around an account', (db) => readGraph(db, BRAND, { player: 'p1', depth: 2 })],
  ['clusters', (db) => listClusters(db, BRAND, { limit: 50 }, DEFAULT_POLICY)],
])('%s is read by an index', async (_, read) => {
  expect(await plansOf(database.db, read)).not.toMatch(/Seq Scan on (?!brands)/);
});

test('brands that are behind are found without reading what they are behind with', async () => {
  const plan = await plansOf(database.db, (db) => findBehind(db, []));
  expect(plan).not.toMatch(/Seq Scan on risk_sightings/);
});

const IDENTIFIERS: Pick<Identifiers, 'identify'> = { identify: () => undefined };
const TRIES = PLAYERS.map((playerId) => ({ playerId, activationId: idOf(9) }));
const SEEN = PLAYERS.map((playerId) => ({
  ...{ playerId, at: 0 },
  identifiers: [{ key: idOf(8), kind: 'device' as const, hint: '' }],
}));

/** As it is while a server's first players come: PostgreSQL knows of no rows yet. */
describe('in tables that were empty when they were looked at last', () => {
  let young: TestDatabase;
  beforeAll(async () => {
    young = await createTestDatabase();
    await young.db.query('vacuum analyze');
  });
  afterAll(() => young.drop());

  test.each<[string, (db: Queryable) => Promise<unknown>]>([
    ['what is known of attempts', (db) => sightingsBehind(db, IDENTIFIERS, BRAND, TRIES)],
    [
      'what is known of players',
      (db) => sightingsInData(db, IDENTIFIERS, BRAND, { described: PLAYERS, seen: PLAYERS }),
    ],
    ['who is linked already', (db) => recordLinks(db, BRAND, SEEN)],
    ['whom what is known of somebody concerns', (db) => othersBehind(db, PLAYERS)],
    ['the past of accounts', (db) => loadHistories(db, PLAYERS)],
  ])('%s is looked up by its keys', async (_, read) => {
    const plan = await young.db.transaction(async (tx) => {
      await rowByRow(tx);
      return plansOf(tx, read);
    });
    expect(plan).toMatch(/Index (Scan|Cond)/);
    expect(plan).not.toMatch(/Seq Scan|Hash Join/);
  });
});
