import type { Step } from '@promosmith/core/journey';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { plansOf } from '../../../testing/plans.ts';
import { findHistory, findRequested } from './store/entries.ts';
import { findDue, findInside, findOpen, lockStored, type Stored } from './store/stored.ts';
import { foldTallies } from './store/tallies.ts';
import { dropEffects, takeKept } from './store/traces.ts';
import { updateStored } from './store/written.ts';
import type { EnrolmentKey } from './types.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const JOURNEY = '01932f0e-7a4c-7c3e-9d55-00000000c001';
/** As many as a look of the clock takes at once. */
const BATCH = 500;
/** Of a batch, those inputs are kept for. */
const FEW = 50;

let database: TestDatabase;
let keys: EnrolmentKey[];
/** Enough rows that reading a table whole would be the worse plan. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const statements = [
    `insert into journeys (brand_id, journey_id, name, product, status, draft, version, created_by)
     select '${BRAND}', ('01932f0e-7a4c-7c3e-9d55-00000000c00' || n)::uuid, n, 'casino', 'active', '{}', 1, '{}'
     from generate_series(1, 5) n`,
    `insert into journey_enrolments (player_id, enrolment_id, brand_id, player_external_id, journey_id, version, entry_key,
       status, node_id, seq, entered_at, visit_began, waiting_for, wake_at, keeps)
     select md5((n % 32000)::text)::uuid, md5('e' || n)::uuid, '${BRAND}', n % 32000,
       ('01932f0e-7a4c-7c3e-9d55-00000000c00' || n / 32000 + 1)::uuid, 1, 'once',
       case n % 4 when 0 then 'active' else 'completed' end, 'wait', 2, now(), now(), 'event',
       case n % 4 when 0 then now() + n * interval '1 second' end, false
     from generate_series(0, 159999) n`,
    `insert into journey_effects (player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect, effect_key, status)
     select player_id, enrolment_id, 1, brand_id, journey_id, 1, 'message', '{}', enrolment_id, 'done' from journey_enrolments`,
    `insert into journey_kept_inputs (player_id, enrolment_id, input_id, input)
     select player_id, enrolment_id, enrolment_id, '{}' from journey_enrolments`,
    `insert into journey_tallies (tally_id, journey_id, version, node_id, connector, visits)
     select md5(journey_id || 't' || n)::uuid, journey_id, 1, 'wait', n, 1 from journeys, generate_series(1, 5000) n`,
    'vacuum analyze journeys, journey_enrolments, journey_effects, journey_kept_inputs, journey_tallies',
  ];
  for (const statement of statements) await db.query(statement);
  const { rows } = await db.query<EnrolmentKey>(
    `select player_id as "playerId", enrolment_id as "enrolmentId" from journey_enrolments where status = 'active' limit $1`,
    [BATCH],
  );
  keys = rows;
}, 60_000);
afterAll(() => database.drop());

const SKIPPED: Omit<Step, 'enrolmentId'> = {
  ...{ seq: 1, nodeId: 'hello', kind: 'popup', began: 0, shownAt: null, left: 0 },
  ...{ cause: 'staff', connector: 'failed', reason: null, toNodeId: null },
};

const WHOLE = /Seq Scan on journey_/;
const planOf = (read: Parameters<typeof plansOf>[1]) => plansOf(database.db, read);

test('who is due is found in the order of time, without a look at who waits', async () => {
  const plan = await planOf((db) => findDue(db, BATCH, []));
  expect(plan).toMatch(/Index Scan using journey_enrolments_waking/);
  expect(plan).toMatch(/journey_enrolments_keeping/);
  expect(plan).not.toMatch(WHOLE);
});

test('a batch is locked, and written, by its keys', async () => {
  let stored: Stored[] = [];
  const locked = await planOf(async (db) => {
    stored = await lockStored(db, keys);
  });
  expect(locked).not.toMatch(WHOLE);
  expect(stored).toHaveLength(BATCH);
  const changed = stored.map((before) => ({
    before,
    after: { ...before, enrolment: { ...before.enrolment, seq: before.enrolment.seq + 1 } },
  }));
  expect(await planOf((db) => updateStored(db, changed))).not.toMatch(WHOLE);
});

test('what a batch left undone, or has kept, is found by its keys', async () => {
  const left = keys.map(({ playerId, enrolmentId }) => ({ playerId, step: { ...SKIPPED, enrolmentId } }));
  expect(await planOf((db) => dropEffects(db, left))).not.toMatch(WHOLE);
  expect(await planOf((db) => takeKept(db, keys.slice(0, FEW)))).not.toMatch(WHOLE);
});

test.each([1, BATCH])('whom an event of %i players concerns is found by the player', async (count) => {
  const players = keys.slice(0, count).map(({ playerId }) => playerId);
  const candidates = players.map((playerId) => ({ playerId, journeyId: JOURNEY }));
  const requested = candidates.map((candidate) => ({ ...candidate, requestKey: 'a' }));
  const plan = await planOf(async (db) => {
    await findOpen(db, BRAND, players);
    await findInside(db, players);
    await findHistory(db, candidates);
    await findRequested(db, requested);
  });
  expect(plan).not.toMatch(WHOLE);
});

test('tallies are folded from the first on', async () => {
  expect(await planOf((db) => foldTallies(db, 100))).not.toMatch(/Seq Scan on journey_counts/);
});
