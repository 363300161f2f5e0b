import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { countBets, takeMarks } from './counting/bets.ts';
import { countDeposits, lookAgain, takeUncounted } from './counting/deposits.ts';
import type { Occurrence } from './counting/facts.ts';
import { forgetRecentLabels, takeShown } from './counting/outlived.ts';
import { findProfiles } from './counting/profiles.ts';
import { addFacts, findBehind } from './counting/store.ts';
import { listRates } from './rates/store.ts';
import { readBreakdown } from './reports/breakdown.ts';
import { readLiveNumbers } from './reports/live-numbers.ts';
import { before, readCounting } from './reports/period.ts';
import { readCampaign, readOverview } from './reports/report.ts';
import { type AskedRows, readRows } from './reports/rows.ts';
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
    `insert into rollup_feeds (brand_id, position, time_zone, breakdown_zone)
     select brand_id, 30000, time_zone, time_zone from brands`,
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
     select player_id, event_id, brand_id, player_id, ${campaign.replace('n::text', '(event_id::int % 400)::text')}, 'EUR', 5, now()
     from platform_events`,
    `insert into fact_profiles (brand_id, profile_id, source)
     select b.brand_id, md5('f' || n)::uuid, 's' || n from brands b, generate_series(0, 999) n`,
    `insert into facts (player_id, fact_id, brand_id, campaign_id, measure, detail, currency, count, amount, at, profile_id)
     select md5((n % 10000)::text)::uuid, md5('a' || n)::uuid, '${BRAND}', c.campaign_id,
       (array['accepted', 'refused', 'granted', 'converted'])[1 + n % 4], '', '', 1, 0, now() - n * interval '1 minute',
       md5('f' || n % 1000)::uuid
     from generate_series(1, 40000) n join campaigns c on c.campaign_id = ${campaign.replace('n::text', '(n % 400)::text')}`,
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product, content_id,
       content_version, locale, state, expires_at)
     select player_id, fact_id, brand_id, '', fact_id, '{}', 'email', 'casino', fact_id, 1, 'en', 'sent', at from facts`,
    `insert into breakdown_days (brand_id, campaign_id, day, dimension, value, measure, detail, currency, count, amount)
     select c.brand_id, c.campaign_id, current_date - d, by, '=x', 'accepted', '', '', 1, 0
     from campaigns c, generate_series(0, 59) d, unnest(array['source', 'country', 'device']) by`,
    `insert into breakdown_values (brand_id, campaign_id, dimension, value)
     select brand_id, campaign_id, 'source', 's' || n from campaigns, generate_series(1, 100) n`,
    `insert into activation_bets (player_id, slot, activation_id, currency, brand_id, campaign_id, profile_id, bets, staked, won)
     select player_id, date_bin('15 minutes', at, 'epoch'::timestamptz), fact_id, 'EUR', brand_id, campaign_id, profile_id, 1, 5, 2
     from facts`,
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, at)
     select player_id, fact_id, brand_id, fact_id, 'g', 'EUR', 5, 2, at from facts`,
    `insert into bet_marks (brand_id, mark_id, player_ids, slots)
     select brand_id, md5(n::text)::uuid, '{}', '{}' from brands, generate_series(1, 5000) n`,
    `insert into players (player_id, brand_id, external_id) select md5(n::text)::uuid, '${BRAND}', n from generate_series(0, 9999) n`,
    `insert into currency_rates (brand_id, into_currency, currency, day, rate)
     select brand_id, 'EUR', 'C' || n, current_date - d, 1 from brands, generate_series(1, 20) n, generate_series(0, 399) d`,
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
  counting: {
    timeZone: 'Europe/Malta',
    currency: 'EUR',
    today: period().to,
    feesBps: null,
    countedUntil: '',
  },
  compared: { ...before(period()), campaign: null },
  into: { currency: 'EUR', exponentOf: () => 2 },
});
const sorting = { sort: 'acceptanceRate', order: 'desc', currency: 'EUR', feesBps: null } as const;
const OF = { brandId: BRAND, campaignId: CAMPAIGN };
const rowsOf = (db: Queryable, asked: Omit<AskedRows, 'period'>) =>
  readRows(db, OF, { timeZone: 'Europe/Malta' }, { ...asked, period: period() }, undefined, 51);
const LARGE = [
  ...[
    'rollups',
    'rollup_days',
    'rollup_brand_days',
    'counters',
    'outbox',
    'platform_events',
    'activations',
    'grants',
  ],
  ...[
    'activation_deposits',
    'activation_bets',
    'bets',
    'bet_marks',
    'facts',
    'breakdown_days',
    'breakdown_values',
  ],
  ...['players', 'currency_rates', 'messages'],
];
const occurred = {
  player: '1',
  about: null,
  at: 0,
  campaignId: CAMPAIGN,
  detail: '',
  currency: '',
  count: 1,
  amount: 0n,
};
const entered: Occurrence = {
  ...{ ...occurred, measure: 'accepted', factId: PLAYER },
  origin: { kind: 'try', activationId: PLAYER, channel: 'api' },
};
const wagered: Occurrence = {
  ...{ ...occurred, measure: 'wagered', factId: CAMPAIGN },
  origin: { kind: 'grant', grantId: PLAYER },
};
const shown: Occurrence = {
  ...{ ...occurred, measure: 'shown', factId: CAMPAIGN },
  origin: { kind: 'message', messageIds: [PLAYER] },
};
const fact = { profile: null, measure: 'accepted', detail: '', currency: '', count: 1, amount: 0n } as const;

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['the overview', (db) => readOverview(db, BRAND, asked())],
  ['a campaign', (db) => readCampaign(db, BRAND, CAMPAIGN, asked())],
  ['the table', (db) => readTable(db, BRAND, period(), sorting, undefined, 51)],
  ['live numbers', (db) => readLiveNumbers(db, BRAND, [CAMPAIGN, idOf('c', 15)], period().to)],
  ['how far it is counted', (db) => readCounting(db, BRAND)],
  ['who is behind', (db) => findBehind(db, [])],
  ['deposits that wait', (db) => takeUncounted(db, BRAND, 10)],
  [
    'deposits to look at again',
    (db) => lookAgain(db, [{ playerId: PLAYER, activationId: CAMPAIGN, at: new Date(0) }]),
  ],
  ['what deposits count for', (db) => countDeposits(db, BRAND, [{ playerId: PLAYER, depositId: '1' }])],
  ['adding to sums', (db) => addFacts(db, BRAND, [{ ...fact, at: Date.now(), campaignId: CAMPAIGN }])],
  ['a campaign by source', (db) => readBreakdown(db, OF, 'source', period(), null)],
  ['rows behind codes entered', (db) => rowsOf(db, { measure: 'tries' })],
  [
    'rows of a source',
    (db) => rowsOf(db, { measure: 'cost', trait: { dimension: 'source', kind: 'value', value: 's7' } }),
  ],
  ['rows behind deposits', (db) => rowsOf(db, { measure: 'deposited' })],
  ['rows behind bets', (db) => rowsOf(db, { measure: 'ggr' })],
  ['bets that wait', (db) => takeMarks(db, BRAND, 10)],
  ['what bets count for', (db) => countBets(db, BRAND, [{ playerId: PLAYER, from: 0, until: Date.now() }])],
  ['who facts happened to', (db) => findProfiles(db, BRAND, [entered, wagered])],
  ['what messages were counted as before', (db) => takeShown(db, BRAND, [shown])],
  ['label tags that can be counted anew', (db) => forgetRecentLabels(db, BRAND)],
  ['rates of a currency', (db) => listRates(db, BRAND, { currency: 'C7' }, undefined, 50)],
])('%s: no large table is read whole', async (_, read) => {
  const plan = await plansOf(database.db, read);
  expect(plan).toMatch(/Index/);
  expect(plan).not.toMatch(new RegExp(`Seq Scan on (${LARGE.join('|')})\\b`));
});

test('of a month only the days of the month are read', async () => {
  const { rows } = await database.db.query<{ 'QUERY PLAN': string }>(
    `explain select sum(count) from rollup_days where brand_id = $1 and day between $2::date and $3::date`,
    [BRAND, period().from, period().to],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*day >= .*day <= /);
});
