import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { isStored, KINDS } from './kinds/index.ts';
import type { Scope, StoredKind } from './kinds/kind.ts';
import { readStored } from './read.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const SCOPE: Scope = {
  ...{ brandId: BRAND, fromDay: '2026-03-01', toDay: '2026-03-31', campaignId: null, playerId: null },
  ...{ from: new Date('2026-03-01T00:00:00Z'), until: new Date('2026-04-01T00:00:00Z') },
};

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan: a year's, of which a month is asked for. */
beforeAll(async () => {
  database = await createTestDatabase();
  const id =
    "(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(n), 16, '0'))::uuid";
  const many = `generate_series(1, 12000) n, lateral (select '2025-06-01'::timestamptz + n * interval '45 minutes' as at) t`;
  const statements = [
    `insert into players (player_id, brand_id, external_id)
     select md5(n::text)::uuid, '${BRAND}', n from generate_series(1, 2000) n`,
    `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
       decided, issued, code_shown, entry, seen, outline_id, takes, created_at, changed_at)
     select md5((n % 2000 + 1)::text)::uuid, ${id}, '${BRAND}', n % 2000 + 1, n, '', 'refused', 'refused', '[]', 'x', '{}', '[]',
       '${BRAND}', '[]', at, at from ${many}`,
    `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
       created_at, changed_at)
     select md5((n % 2000 + 1)::text)::uuid, ${id}, '${BRAND}', md5((n % 60)::text)::uuid, 1, 0, 'bonus_balance', 'active', 'EUR', at, at
     from ${many}`,
    `insert into postings (player_id, posting_id, transaction_id, brand_id, kind, debit, credit, amount, currency, created_at)
     select player_id, grant_id, grant_id, brand_id, 'bonus_granted', 'a', 'b', 1, 'EUR', created_at from grants`,
    `insert into rollup_days (brand_id, day, campaign_id, measure, detail, currency, count, amount)
     select '${BRAND}', at::date, md5((n % 16)::text)::uuid, 'refused', n % 3, '', 1, 0 from ${many} on conflict do nothing`,
    `insert into player_days (player_id, day, currency, brand_id, bets, staked, bonus_staked, won, deposits, deposited, withdrawn,
       bonus_cost)
     select md5((n % 2000 + 1)::text)::uuid, at::date, 'EUR', '${BRAND}', 1, 1, 0, 0, 0, 0, 0, 0 from ${many}
     on conflict do nothing`,
    'analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 60_000);
afterAll(() => database.drop());

const LAST: Record<StoredKind['key'][number]['type'], string> = {
  ...{ uuid: '019d0000-0000-7000-8000-000000000000', date: '2026-03-15', text: 'x' },
};

test.each(KINDS.filter(isStored).map((kind) => [kind.kind, kind] as const))(
  'a page of %s is read through an index, wherever it is',
  async (_, kind) => {
    const selection = { kind, columns: kind.columns, scope: SCOPE };
    for (const after of [null, kind.key.map(({ type }) => LAST[type])]) {
      const plan = await plansOf(database.db, (db) => readStored(db, selection, after, 100));
      expect(plan).not.toMatch(/Seq Scan on (activations|grants|postings|rollup_days|player_days)/);
      expect(plan).toMatch(/Index Cond: .*brand_id = /);
    }
  },
);
