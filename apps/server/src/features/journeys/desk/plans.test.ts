import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable } from '../../../platform/db.ts';
import { createLog } from '../../../platform/log.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { plansOf } from '../../../testing/plans.ts';
import { createBook } from '../definitions/book.ts';
import { findMembers, findNewcomers, findPart as findPlayers, removeMembers } from '../triggers/store.ts';
import { nodeCounts } from './counts.ts';
import { findEnrolment, listEnrolments, listOfPlayer } from './lists.ts';
import { findPart } from './migration-job.ts';
import { countByNode } from './migrations.ts';
import { readNumbers } from './numbers.ts';
import { listStuck } from './stuck.ts';
import { timelineOf } from './timeline.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const JOURNEY = '01932f0e-7a4c-7c3e-9d55-00000000a003';
const PLAYER = `md5('7')::uuid`;

let database: TestDatabase;
let player: string;
let enrolment: string;
/** Enough rows that reading a table whole would be the worse plan. */
beforeAll(async () => {
  database = await createTestDatabase();
  const journeyOf = (n: string) => `('01932f0e-7a4c-7c3e-9d55-00000000a00' || ${n} % 10)::uuid`;
  const statements = [
    `insert into players (player_id, brand_id, external_id, created_at)
     select md5(n::text)::uuid, '${BRAND}', n, now() - n * interval '1 minute' from generate_series(1, 10000) n`,
    `insert into journeys (brand_id, journey_id, name, product, status, draft, version, created_by)
     select '${BRAND}', ${journeyOf('n')}, n, 'casino', 'active', '{}', 2, '{}' from generate_series(0, 9) n`,
    `insert into journey_enrolments (player_id, enrolment_id, brand_id, player_external_id, journey_id, version, entry_key,
       status, node_id, seq, entered_at, visit_began, waiting_for, wake_at)
     select md5(n::text)::uuid, ('01932f0e-7a4c-7c3e-9d55-' || lpad(to_hex(j * 10000 + n), 12, '0'))::uuid, '${BRAND}', n,
       ${journeyOf('j')}, 1 + n % 2, 'once', case when n % 3 = 0 then 'completed' else 'active' end,
       'node_' || n % 20, 3, now(), now(), case when n % 3 = 0 then null else 'time' end,
       case when n % 3 = 0 then null else now() + interval '1 hour' end
     from generate_series(1, 10000) n, generate_series(0, 3) j`,
    `insert into journey_steps (player_id, enrolment_id, seq, node_id, kind, began, left_at, cause)
     select player_id, enrolment_id, visit, node_id, 'delay', now(), now(), 'time'
     from journey_enrolments, generate_series(1, 2) visit`,
    `insert into journey_effects (player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect, effect_key,
       status, failures, next_attempt_at, ended_at)
     select player_id, enrolment_id, 3, brand_id, journey_id, version, 'webhook', '{}', enrolment_id,
       case when status = 'completed' then 'done' else 'pending' end, 0, now() + interval '1 minute', null
     from journey_enrolments`,
    `insert into journey_calls (player_id, enrolment_id, seq, attempt, at, took_ms, request)
     select player_id, enrolment_id, 3, 1, now(), 10, '{}' from journey_enrolments`,
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product,
       content_id, content_version, locale, state, expires_at)
     select player_id, enrolment_id, brand_id, player_external_id, enrolment_id,
       jsonb_build_object('kind', 'journey', 'enrolmentId', enrolment_id), 'popup', 'casino', enrolment_id, 1, 'en', 'sent',
       now() from journey_enrolments`,
    `insert into journey_counts (journey_id, version, node_id, connector, visits)
     select ${journeyOf('j')}, v, 'node_' || n, c, 5
     from generate_series(0, 9) j, generate_series(1, 20) v, generate_series(1, 30) n, unnest(array['', '!', 'next']) c`,
    `insert into journey_counts (journey_id, version, node_id, connector, visits)
     select ${journeyOf('j')}, v, '', c, 5
     from generate_series(0, 9) j, generate_series(1, 20) v, unnest(array['entered', 'completed', 'converted']) c`,
    `insert into journey_entry_hours (journey_id, hour_of_week, began_at, entered)
     select journey_id, hour, now() - hour * interval '1 hour', 1
     from (select ${journeyOf('j')} from generate_series(0, 9) j union all select md5(n::text)::uuid from generate_series(1, 200) n) of (journey_id),
       generate_series(0, 167) hour`,
    `insert into journey_segment_members (player_id, journey_id)
     select md5(n::text)::uuid, ${journeyOf('j')} from generate_series(1, 10000) n, generate_series(0, 3) j`,
    `insert into journey_runs (journey_id, brand_id, kind, trigger, version, began_at)
     values ('${JOURNEY}', '${BRAND}', 'segment', 'true', 1, now())`,
    'analyze',
  ];
  for (const statement of statements) await database.db.query(statement);
  const { rows } = await database.db.query<{ player: string; enrolment: string }>(
    `select player_id as player, enrolment_id as enrolment from journey_enrolments
     where player_id = ${PLAYER} and journey_id = '${JOURNEY}'`,
  );
  player = rows[0]?.player ?? '';
  enrolment = rows[0]?.enrolment ?? '';
}, 120_000);
afterAll(() => database.drop());

const WHOLE =
  /Seq Scan on (journey_(enrolments|steps|effects|calls|counts|entry_hours|segment_members)|messages|players)/;
const page = { limit: 50 };
const target = { journeyId: JOURNEY, from: 1, to: 2, targets: {} };
const place = () => ({ nodeId: 'node_3', playerId: player, enrolmentId: enrolment });
const book = createBook(createLog('silent'));

async function timeline(db: Queryable) {
  const row = await findEnrolment(db, BRAND, JOURNEY, enrolment);
  if (!row) throw new Error('the enrolment is there');
  return timelineOf(db, row, undefined);
}

test.each<[string, (db: Queryable) => Promise<unknown>]>([
  ['who entered a journey', (db) => listEnrolments(db, BRAND, JOURNEY, page)],
  ['who is inside', (db) => listEnrolments(db, BRAND, JOURNEY, { ...page, status: 'active' })],
  [
    'who is at a node',
    (db) => listEnrolments(db, BRAND, JOURNEY, { ...page, status: 'active', nodeId: 'node_3' }),
  ],
  ['a player in a journey', (db) => listEnrolments(db, BRAND, JOURNEY, { ...page, player: '7' })],
  ['what a player entered', (db) => listOfPlayer(db, player, page)],
  ['a timeline', timeline],
  ['what is stuck', (db) => listStuck(db, book, { brandId: BRAND, journeyId: JOURNEY, isPaused: false }, 50)],
  ['numbers', (db) => readNumbers(db, BRAND, [JOURNEY, JOURNEY.replace(/.$/, '4')])],
  ['counts', (db) => nodeCounts(db, JOURNEY, 1, ['node_1'])],
  ['who is to be moved', (db) => findPart(db, target, ['node_4'], null)],
  ['who is to be moved next', (db) => findPart(db, target, ['node_4'], place())],
  ['how many there are to be moved', (db) => countByNode(db, JOURNEY, 1)],
  [
    'whom a look comes to',
    (db) =>
      findPlayers(
        db,
        { brandId: BRAND, afterAt: new Date(Date.now() - 3_600_000).toISOString(), afterId: player },
        new Date(),
        500,
      ),
  ],
  ['members', (db) => findMembers(db, [JOURNEY], [player])],
  ['newcomers', (db) => findNewcomers(db, JOURNEY, [player])],
  ['who left a segment', (db) => removeMembers(db, JOURNEY, [player])],
])('%s: found through indexes', async (_, read) => {
  expect(await plansOf(database.db, read)).not.toMatch(WHOLE);
});

test('the next players of a look are read in order, without sorting those behind', async () => {
  const after = { brandId: BRAND, afterAt: new Date(Date.now() - 3_600_000).toISOString(), afterId: player };
  const plan = await plansOf(database.db, (db) => findPlayers(db, after, new Date(), 500));
  expect(plan).toMatch(/Index Scan Backward using players_by_brand/);
  expect(plan).not.toMatch(/Sort/);
});
