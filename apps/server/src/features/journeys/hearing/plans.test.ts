import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { plansOf } from '../../../testing/plans.ts';
import { endOfNext, findOfTypes } from '../../events/index.ts';
import { findAside, findBehind, isAnyAside } from './store.ts';

const BRAND = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';

let database: TestDatabase;
/** Enough rows that reading a table whole would be the worse plan. */
beforeAll(async () => {
  database = await createTestDatabase();
  const brand = `('01932f0e-7a4c-7c3e-9d55-0000000000' || lpad((n % 50)::text, 2, '0'))::uuid`;
  const statements = [
    `insert into outbox (batch_id, brand_id, position, event_count, events, digest)
     select md5('o' || n)::uuid, '${BRAND}', n, 2, '{}', '' from generate_series(1, 30000) n`,
    `insert into chain_heads (chain, brand_id, position, hash) values ('outbox', '${BRAND}', 30000, '')`,
    `insert into journey_feeds (brand_id, position) values ('${BRAND}', 29990)`,
    `insert into journeys (brand_id, journey_id, name, product, status, draft, version, created_by)
     select ${brand}, md5('j' || n)::uuid, n, 'casino', 'active', '{}', 1, '{}' from generate_series(1, 10000) n`,
    `insert into journey_versions (brand_id, journey_id, version, product, definition, facts, event_fields, contents, published_by)
     select brand_id, journey_id, 1, 'casino', '{}', '[]', '{}', '{}', '{}' from journeys`,
    `insert into journey_events_aside (player_id, event_id, brand_id, player_external_id, place, event)
     select md5(n::text)::uuid, md5('e' || n)::uuid, ${brand}, n, lpad(n::text, 16, '0'), '{}' from generate_series(1, 20000) n`,
    'vacuum analyze outbox, journeys, journey_versions, journey_events_aside',
  ];
  for (const statement of statements) await database.db.query(statement);
}, 60_000);
afterAll(() => database.drop());

test.each<[string, Parameters<typeof plansOf>[1]]>([
  ['who listens', findBehind],
  ['how far the next events reach', (db) => endOfNext(db, BRAND, { after: 29_990, upTo: 30_000 }, 2000)],
  [
    'what they are',
    (db) => findOfTypes(db, BRAND, { after: 29_990, upTo: 30_000 }, new Set(['bonus.converted'])),
  ],
  ['what is aside', (db) => findAside(db, [], 500)],
  ['whether anything is', (db) => isAnyAside(db, BRAND, [])],
])('%s is found without reading a table whole', async (_, read) => {
  const plan = await plansOf(database.db, read);
  expect(plan).toMatch(/Index/);
  expect(plan).not.toMatch(/Seq Scan on (outbox|journeys|journey_versions|journey_events_aside)/);
});
