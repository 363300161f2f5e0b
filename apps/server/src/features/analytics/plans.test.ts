import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { countDeposits, lookAgain, takeUncounted } from './counting/deposits.ts';
import { addFacts, findBehind } from './counting/store.ts';
import { readLiveNumbers } from './reports/live-numbers.ts';
import { readCounting } from './reports/period.ts';
import { readCampaign, readOverview } from './reports/report.ts';
import { readTable } from './reports/table.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-000000000001';
const idOf = (kind: string, n: string | number) =>
  `01932f0e-7a4c-7c3e-9d55-${kind}${String(n).padStart(12 - kind.length, '0')}`;
const CAMPAIGN = idOf('c', 7);
const PLAYER = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan: 50 campaigns of each of 8 brands, over 400 days. */
beforeAll(async () => {
  database = await createTestDatabase();
  const brand = `('01932f0e-7a4c-7c3e-9d55-' || lpad((n % 8)::text, 12, '0'))::uuid`;
  const campaign = `('01932f0e-7a4c-7c3e-9d55-c' || lpad(n::text, 11, '0'))::uuid`;
  const statements = [
    `insert into brands (brand_id, slug, name, time_zone, currency)
     select ${brand}, 'b' || n, 'B', 'Europe/Malta', 'EUR' from generate_series(0, 7) n`,
    `insert into rollup_feeds (brand_id, position, time_zone) select brand_id, 30000, time_zone from brands`,
    `insert into campaigns (campaign_id, brand_id, name, status, version, created_by)
     select ${campaign}, ${brand}, n, case when n % 4 = 0 then 'ended' else 'active' end, 1, '{}'
     from generate_series(0, 399) n`,
    `insert into campaign_versions (campaign_id, version, definition, created_by)
     select campaign_id, 1, '{"budget":{"EUR":1000}}', '{}' from campaigns`,
    `insert into rollup_days (brand_id, day, campaign_id, measure, detail, currency, count, amount)
     select c.brand_id, current_date - d, c.campaign_id, m, '', '', 10, 0
     from campaigns c, generate_series(0, 399) d, unnest(array['accepted', 'refused', 'granted', 'converted']) m`,
    `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
     select brand_id, day, measure, detail, currency, sum(count), sum(amount) from rollup_days group by 1, 2, 3, 4, 5`,
    `insert into counters (counter_key, campaign_id) select n || ':p', md5(n::text)::uuid from generate_series(1, 30000) n`,
    `insert into outbox (batch_id, brand_id, position, event_count, events, digest)
     select md5('o' || n)::uuid, '${BRAND}', n, 1, '{}', '' from generate_series(1, 30000) n`,
    `insert into chain_heads (chain, brand_id, position, hash) values ('outbox', '${BRAND}', 30000, '')`,
    `insert into platform_events (player_id, event_id, brand_id, type, time, data, counted)
     select md5((n % 10000)::text)::uuid, n, '${BRAND}', 'deposit.succeeded', now(),
       jsonb_build_object('depositId', n::text, 'amount', 5, 'currency', 'EUR'), n % 1000 > 0
     from generate_series(1, 40000) n`,
    `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
       decided, issued, code_shown, campaign_id, entry, outline_id, seen, takes, created_at, changed_at)
     select md5((n % 10000)::text)::uuid, md5('a' || n)::uuid, '${BRAND}', n, n, '', 'accepted', 'accepted', '[]', '',
       '${CAMPAIGN}', '{}', md5('')::uuid, '[]', '[]', now() - interval '1 hour', now() from generate_series(1, 40000) n`,
    `insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind, status,
       currency, created_at, changed_at)
     select player_id, activation_id, brand_id, activation_id, campaign_id, 1, 0, 'bonus_balance', 'active', 'EUR',
       created_at, now() from activations`,
    `insert into activation_deposits (player_id, deposit_id, brand_id, activation_id, campaign_id, currency, amount, at)
     select player_id, event_id, brand_id, player_id, '${CAMPAIGN}', 'EUR', 5, now() from platform_events`,
    'vacuum analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 120_000);
afterAll(() => database.drop());

const period = () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return { from: day(29), to: day(0) };
};
const asked = () => ({
  period: period(),
  counting: { timeZone: 'Europe/Malta', currency: 'EUR', today: period().to, countedUntil: '' },
  compare: 'previous' as const,
});
const sorting = { sort: 'acceptanceRate', order: 'desc', currency: 'EUR' } as const;
const fact = { measure: 'accepted', detail: '', currency: '', count: 1, amount: 0n } as const;

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['the overview', (db) => readOverview(db, BRAND, asked())],
  ['a campaign', (db) => readCampaign(db, BRAND, CAMPAIGN, asked())],
  ['the table', (db) => readTable(db, BRAND, period(), sorting, undefined, 51)],
  ['live numbers', (db) => readLiveNumbers(db, BRAND, [CAMPAIGN, idOf('c', 15)], period().to)],
  ['how far it is counted', (db) => readCounting(db, BRAND)],
  ['who is behind', (db) => findBehind(db, [])],
  ['deposits that wait', (db) => takeUncounted(db, BRAND, 10)],
  ['deposits to look at again', (db) => lookAgain(db, [{ playerId: PLAYER, at: new Date(0) }])],
  ['what deposits count for', (db) => countDeposits(db, BRAND, [{ playerId: PLAYER, depositId: '1' }])],
  ['adding to sums', (db) => addFacts(db, BRAND, [{ ...fact, at: Date.now(), campaignId: CAMPAIGN }])],
])('%s: no large table is read whole', async (_, read) => {
  const plan = await plansOf(database.db, read);
  expect(plan).toMatch(/Index/);
  expect(plan).not.toMatch(
    /Seq Scan on (rollups|rollup_days|rollup_brand_days|counters|outbox|platform_events|activations|grants|activation_deposits)/,
  );
});

test('of a month only the days of the month are read', async () => {
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select sum(count) from rollup_days where brand_id = $1 and day between $2::date and $3::date`,
    [BRAND, period().from, period().to],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*day >= .*day <= /);
});
