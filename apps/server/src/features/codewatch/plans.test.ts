import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { plansOf } from '../../testing/plans.ts';
import { disableHeldCodes } from '../codes/store/batches.ts';
import { addStrangers, addTries, findEarlierAlarms, findSlots } from './counting/store.ts';
import { readKnown, readKnownOf } from './views.ts';

const brandId = newId();
const campaignId = newId();
const codeKey = randomUUID();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const someOfOthers = 'case when n % 50 = 0 then $1::uuid else gen_random_uuid() end';
  await db.query(
    `insert into code_tries (watched_id, slot, brand_id, campaign_id, is_code, tries, accepted)
     select gen_random_uuid(), now() - n * interval '1 minute', ${someOfOthers}, gen_random_uuid(), true, 1, 1
     from generate_series(1, 20000) n`,
    [brandId],
  );
  await db.query(
    `insert into code_strangers (code_key, player_id, brand_id, campaign_id, player_external_id, tries, first_at)
     select gen_random_uuid(), gen_random_uuid(), ${someOfOthers}, gen_random_uuid(), 'x', 1, now()
     from generate_series(1, 20000) n`,
    [brandId],
  );
  await db.query(
    `insert into risk_cases (brand_id, case_id, kind, subject, state, priority, code_key, evidence, opened_at, changed_at)
     select ${someOfOthers}, gen_random_uuid(), 'code_leak', n::text, 'decided', 95, gen_random_uuid(), '{}', now(), now()
     from generate_series(1, 20000) n`,
    [brandId],
  );
  await db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, last4)
     select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'unique', 'ABCD'
     from generate_series(1, 20000)`,
  );
  await db.query('analyze code_tries, code_strangers, risk_cases, codes');
});
afterAll(() => database.drop());

test('what is watched is counted and read through indexes', async () => {
  const about = { codeKey, campaignId, tries: 1 };
  const tries = [{ ...about, slot: 0, accepted: 1 }];
  const triers = [{ ...about, playerId: randomUUID(), player: 'anna', at: 0 }];
  const plans = await plansOf(database.db, async (db) => {
    await addTries(db, brandId, tries);
    await findSlots(db, brandId, tries);
    await addStrangers(db, brandId, triers, 3);
    await findEarlierAlarms(db, brandId, 'code_leak', [`code/${codeKey}`]);
    await readKnown(db, brandId, undefined);
    await readKnownOf(db, codeKey);
    await disableHeldCodes(db, { brandId, campaignId, batchId: campaignId }, 'it is out', 10);
  });
  expect(plans).toContain('code_tries');
  expect(plans).not.toMatch(/Seq Scan on (code_tries|code_strangers|risk_cases|codes)/);
});
