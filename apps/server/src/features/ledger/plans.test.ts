import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { listBets } from './bets.ts';
import { liabilityOf } from './liability.ts';
import { nextLines, type Selection } from './statements.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const CAMPAIGN = '01932f0e-7a4c-7c3e-9d55-00000000c003';
const GRANT = '01932f0e-7a4c-7c3e-9d55-000000000123';

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan. */
beforeAll(async () => {
  database = await createTestDatabase();
  const statements = [
    `insert into players (player_id, brand_id, external_id)
     select md5(n::text)::uuid, '${BRAND}', n from generate_series(1, 2000) n`,
    `insert into campaigns (campaign_id, brand_id, name, status, version, created_by)
     values ('${CAMPAIGN}', '${BRAND}', 'Spring', 'active', 1, '{}')`,
    `insert into campaign_versions (campaign_id, version, definition, created_by)
     values ('${CAMPAIGN}', 1, '{"budget":null,"rewards":[{"kind":"bonus_balance","amount":{"EUR":1000}}]}', '{}')`,
    `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       amount, balance, created_at, changed_at, granted_at, effective_at)
     select md5((n % 2000 + 1)::text)::uuid, ('01932f0e-7a4c-7c3e-9d55-' || lpad(to_hex(n), 12, '0'))::uuid, '${BRAND}',
       ('01932f0e-7a4c-7c3e-9d55-00000000c00' || n % 10)::uuid, 1, 0, 'bonus_balance', 'active', 'EUR', 1000, 1000,
       now() - interval '1 day', now(), now() - interval '1 day', now() - interval '1 day'
     from generate_series(1, 8000) n`,
    `insert into postings (player_id, posting_id, transaction_id, brand_id, grant_id, kind, debit, credit, amount, currency,
       created_at)
     select player_id, grant_id, grant_id, brand_id, grant_id, 'bonus_granted', 'house:bonus_expense',
       'player:bonus:' || grant_id, 1000, 'EUR', created_at from grants`,
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, bonus_stake, bonus_win, grant_id, at)
     select g.player_id, n || ' ' || g.grant_id, g.brand_id, n, 'book', 'EUR', 10, 10, 10, 10, g.grant_id,
       now() - interval '1 hour' from grants g, generate_series(1, 5) n`,
    'analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 60_000);
afterAll(() => database.drop());

test.each<[string, Selection]>([
  ['a brand', {}],
  ['a campaign', { campaignId: CAMPAIGN }],
  ['a bonus', { grantId: GRANT }],
  ['a player', { player: '7' }],
  ['a brand, wins alone', { kind: 'win', from: '2026-01-01T00:00:00Z' }],
])('the statements of %s are read through indexes', async (_, selection) => {
  const plan = await plansOf(database.db, (db) => nextLines(db, BRAND, selection, undefined, 51));
  expect(plan).not.toMatch(/Seq Scan on (grants|bets|postings|players)/);
});

test('so is a page behind another one', async () => {
  const plan = await plansOf(database.db, (db) => nextLines(db, BRAND, {}, { grantId: GRANT, line: 3 }, 51));
  expect(plan).not.toMatch(/Seq Scan on (grants|bets|postings|players)/);
  expect(plan).toMatch(/Index Cond: .*grant_id <= /);
});

test('the bets of a bonus are looked for among those of its player', async () => {
  const plan = await plansOf(database.db, (db) =>
    listBets(db, { brandId: BRAND, playerExternalId: undefined }, GRANT, { limit: 50 }),
  );
  expect(plan).not.toMatch(/Seq Scan on (grants|bets)/);
});

test('the liability of a campaign reads its bonuses alone', async () => {
  const plan = await plansOf(database.db, (db) => liabilityOf(db, BRAND, CAMPAIGN));
  expect(plan).not.toMatch(/Seq Scan on grants/);
  expect(plan).toMatch(/grants_by_campaign/);
});
