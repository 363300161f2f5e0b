import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../../platform/db.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { plansOf } from '../../../testing/plans.ts';
import { claimEffects, endEffects, findDueJourneys, lockVisits, pauseEffects } from './store.ts';
import { deleteOldCalls } from './webhook/calls.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const JOURNEY = '01932f0e-7a4c-7c3e-9d55-00000000e003';

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan: ten journeys, most of their effects done. */
beforeAll(async () => {
  database = await createTestDatabase();
  const journey = (n: string) => `('01932f0e-7a4c-7c3e-9d55-00000000e00' || ${n} % 10)::uuid`;
  const statements = [
    `insert into journeys (brand_id, journey_id, name, product, status, draft, created_by)
     select '${BRAND}', ${journey('n')}, 'Welcome', 'casino', case when n = 9 then 'paused' else 'active' end, '{}', '{}'
     from generate_series(0, 9) n`,
    `insert into journey_enrolments (player_id, enrolment_id, brand_id, player_external_id, journey_id, version, entry_key,
       status, node_id, seq, entered_at, visit_began)
     select md5(n::text)::uuid, md5(n || 'e')::uuid, '${BRAND}', n, ${journey('n')}, 1, n, 'active', 'popup', 2, now(), now()
     from generate_series(1, 60000) n`,
    `insert into journey_effects (player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect, effect_key,
       status, attempts, next_attempt_at)
     select player_id, enrolment_id, 2, brand_id, journey_id, 1, case when random() < 0.5 then 'message' else 'webhook' end,
       '{}', gen_random_uuid(), case when random() < 0.2 then 'pending' else 'done' end, 1,
       now() + (random() - 0.5) * interval '1 hour' from journey_enrolments`,
    `insert into journey_calls (player_id, enrolment_id, seq, attempt, at, took_ms, request)
     select player_id, enrolment_id, 2, 1, now() - random() * interval '31 days', 5, '{}' from journey_enrolments`,
    'analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 60_000);
afterAll(() => database.drop());

test('what is due is looked for in steps: one for each journey and kind, and none of paused ones', async () => {
  const found = await findDueJourneys(database.db);
  expect(found).toHaveLength(18);
  const plan = await plansOf(database.db, findDueJourneys);
  expect(plan).toMatch(/Recursive Union/);
  expect(plan).not.toMatch(/Sort/);
});

const attempts = Array.from({ length: 200 }, () => ({
  playerId: crypto.randomUUID(),
  enrolmentId: crypto.randomUUID(),
  seq: 2,
  attempts: 1,
}));

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['what is due is found', (db) => findDueJourneys(db)],
  [
    'some of it is taken',
    (db) => claimEffects(db, { kind: 'message', brandId: BRAND, journeyId: JOURNEY }, 200, 60_000),
  ],
  ['visits are locked', (db) => lockVisits(db, attempts)],
  ['effects are ended', (db) => endEffects(db, attempts, 'done')],
  ['effects are put off', (db) => pauseEffects(db, attempts, { pauseMs: 1, error: 'x', failed: true })],
  ['old calls are deleted', (db) => deleteOldCalls(db, 100)],
])('%s through indexes', async (_, read) => {
  const plan = await plansOf(database.db, read);
  expect(plan).toMatch(/Index/);
  expect(plan).not.toMatch(/Seq Scan on journey_/);
});

test('the oldest calls go, and no others', async () => {
  const old = async () =>
    (
      await database.db.query<{ old: number; all: number }>(
        `select count(*) filter (where at < now() - interval '30 days')::int as old, count(*)::int as all from journey_calls`,
      )
    ).rows[0]!;
  const before = await old();
  expect(await deleteOldCalls(database.db, 50)).toBe(50);
  expect(await old()).toEqual({ old: before.old - 50, all: before.all - 50 });
  expect(await deleteOldCalls(database.db, 100_000)).toBe(before.old - 50);
  expect(await old()).toEqual({ old: 0, all: before.all - before.old });
});
