import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { findNext, sumUp, takeStale } from './counting/days.ts';
import { FIRST, findStale } from './counting/feeds.ts';
import { createKeptReports } from './kept.ts';
import { countCohorts } from './reports/cohorts.ts';
import { FIRST_OF_CAMPAIGN } from './reports/groups.ts';
import { countValue } from './reports/value.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-000000000001';
const CAMPAIGN = '01932f0e-7a4c-7c3e-9d55-c00000000007';
const PLAYER = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan: 20,000 players, and 50 of one campaign. */
beforeAll(async () => {
  database = await createTestDatabase();
  const statements = [
    `insert into brands (brand_id, slug, name, time_zone, currency) values ('${BRAND}', 'b', 'B', 'Europe/Malta', 'EUR')`,
    `insert into player_day_feeds (brand_id, position, time_zone) values ('${BRAND}', 0, 'Europe/Malta')`,
    `insert into campaigns (campaign_id, brand_id, name, status, version, created_by)
     values ('${CAMPAIGN}', '${BRAND}', 'C', 'active', 1, '{}')`,
    `insert into wallets (player_id, currency, brand_id, days_stale_since)
     select md5(n::text)::uuid, 'EUR', '${BRAND}', case when n % 1000 = 0 then now() end from generate_series(1, 20000) n`,
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, at)
     select md5((n % 20000)::text)::uuid, n, '${BRAND}', n, 'g', 'EUR', 5, 4, now() - n * interval '1 minute'
     from generate_series(1, 100000) n`,
    `insert into wallet_entries (player_id, reference, kind, brand_id, currency, amount, detail, at)
     select md5((n % 20000)::text)::uuid, n, 'deposit', '${BRAND}', 'EUR', 5, '{}', now() - n * interval '1 minute'
     from generate_series(1, 40000) n`,
    `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       converted, ended_at, created_at, changed_at)
     select md5((n % 20000)::text)::uuid, md5('g' || n)::uuid, '${BRAND}', '${CAMPAIGN}', 1, 0, 'bonus_balance', 'completed',
       'EUR', 5, now(), now(), now() from generate_series(1, 40000) n`,
    `insert into player_days select md5((n % 20000)::text)::uuid, current_date - (n / 20000), 'EUR', '${BRAND}', 1, 5, 0, 4, 0, 0, 0, 0
     from generate_series(1, 800000) n`,
    `insert into first_activations (player_id, campaign_id, brand_id, at)
     select md5(n::text)::uuid, case when n % 400 = 0 then '${CAMPAIGN}' else md5('c' || n % 100)::uuid end, '${BRAND}', now()
     from generate_series(1, 20000) n`,
    `insert into kept_reports (brand_id, kind, subject_id, body, counted_at, due_at)
     select '${BRAND}', 'k', md5(n::text)::uuid, '{}', now(), now() + n * interval '1 minute' from generate_series(1, 20000) n`,
    'vacuum analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 120_000);
afterAll(() => database.drop());

const stale = [{ playerId: PLAYER, currency: 'EUR', since: '-infinity' }];
const held = { brandId: BRAND, timeZone: 'Europe/Malta' };

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['what is stale', (db) => findStale(db, [])],
  ['wallets to take', (db) => takeStale(db, BRAND, FIRST, 10)],
  ['wallets to make anew', (db) => findNext(db, BRAND, { playerId: PLAYER, currency: 'EUR' }, 10)],
  ['summing up', (db) => sumUp(db, held, stale)],
  ['cohorts of a campaign', (db) => countCohorts(FIRST_OF_CAMPAIGN)(db, BRAND, CAMPAIGN)],
  ['the value of players', (db) => countValue(db, BRAND, CAMPAIGN)],
])('%s: no large table is read whole', async (_, read) => {
  const plan = await plansOf(database.db, read);
  expect(plan).toMatch(/Index/);
  expect(plan).not.toMatch(
    /Seq Scan on (wallets|bets|wallet_entries|grants|player_days|first_activations|players|kept_reports)/,
  );
});

test('a report is read as one row', async () => {
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select body from kept_reports where brand_id = $1 and kind = 'k' and subject_id = $2`,
    [BRAND, PLAYER],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan using kept_reports_pkey/);
  const read = createKeptReports(database.db).keep('k', async () => undefined);
  expect((await read(BRAND, PLAYER))?.body).toEqual({});
});
