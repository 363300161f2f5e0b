import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import {
  findCase,
  findCases,
  findEarlier,
  findReview,
  findReviewsOf,
  findUnsettled,
  openCases,
  readPrecision,
  readQueue,
} from '../cases/index.ts';
import { findEntries } from './lists/store.ts';
import { readTimeline } from './timeline.ts';

const brandId = newId();
const playerId = randomUUID();
let database: TestDatabase;
let caseId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.query(
    `insert into risk_cases (brand_id, case_id, kind, subject, state, priority, player_id, code_key, evidence, opened_at, changed_at,
       decision, decided_at, effects)
     select case when n % 50 = 0 then $1::uuid else gen_random_uuid() end, gen_random_uuid(), 'activation_held', n::text,
       case when n % 5 = 0 then 'open' else 'decided' end, n % 100, gen_random_uuid(), gen_random_uuid(), '{}', now(), now(),
       'release', now() - n * interval '1 minute', '[]'
     from generate_series(1, 20000) n`,
    [brandId],
  );
  await db.query(
    `insert into risk_lists (identifier_key, brand_id, list, kind, hint, reason, created_by, entry_id, created_at)
     select gen_random_uuid(), case when n % 50 = 0 then $1::uuid else gen_random_uuid() end, 'blocked', 'device', 'x', 'x', '{}',
       gen_random_uuid(), now()
     from generate_series(1, 20000) n`,
    [brandId],
  );
  const [opened] = await db.transaction((tx) =>
    openCases(tx, [
      {
        ...{ brandId, playerId, playerExternalId: 'anna', activationId: newId(), evidence: {} },
        ...{ kind: 'review_requested', openedAt: new Date().toISOString() },
      },
    ]),
  );
  caseId = opened?.caseId ?? '';
  await db.query('analyze risk_cases, risk_lists');
});
afterAll(() => database.drop());

test('cases and lists are read through indexes', async () => {
  const found = await findCase(database.db, brandId, caseId);
  if (!found) throw new Error('the case was not stored');
  const plans = await plansOf(database.db, async (db) => {
    await findCase(db, brandId, caseId);
    for (const filter of [{}, { state: 'decided' }, { playerId }, { assignee: 'anna' }] as const)
      await findCases(db, brandId, filter, ['70', newId()], 51);
    await findEarlier(db, found, 20);
    await findReview(db, brandId, newId());
    await findReviewsOf(db, playerId, 50);
    await findUnsettled(db, [], 20);
    await readQueue(db, brandId, 'anna');
    await readPrecision(db, brandId, { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' });
    await findEntries(db, brandId, { list: 'blocked' }, undefined, 51);
  });
  expect(plans).toContain('risk_cases');
  expect(plans).not.toMatch(/Seq Scan on (risk_cases|risk_lists)/);
});

test('what a player paid in and out is read through an index, in its order, however much else was told of them', async () => {
  const { db } = database;
  await db.query(
    `insert into platform_events (player_id, event_id, brand_id, type, time, data)
     select case when n % 2 = 0 then $1::uuid else gen_random_uuid() end, n::text, $2,
       case n % 200 when 0 then 'deposit.succeeded' when 2 then 'withdrawal.paid' else 'login' end,
       now() - n * interval '1 minute', jsonb_build_object('depositId', n::text)
     from generate_series(1, 40000) n`,
    [playerId, brandId],
  );
  await db.query('analyze platform_events');
  const plans = await plansOf(db, (session) => readTimeline(session, playerId));
  expect(plans).toMatch(/Limit.*\n\s*->\s*Index Scan using platform_events_money on platform_events/);
  expect(plans).not.toMatch(/Seq Scan on platform_events/);
});
