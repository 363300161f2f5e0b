import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { startTestApp } from '../../testing/test-app.ts';
import { createExpiry } from './expiry.ts';
import { eventsOf, newCampaign } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.db.query('truncate codes, campaigns, outbox'));

const BRANDS = [newId(), newId()];

async function codes(count: number, endsAt: string, state = 'active', campaignId = newId()): Promise<void> {
  await database.db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, state, max_uses, ends_at, last4)
     select gen_random_uuid(), ($5::uuid[])[1 + n % 2], $1, gen_random_uuid(), 'unique', $2, 1, ${endsAt}, 'ABCD'
     from generate_series($3::int, $4::int) as n`,
    [campaignId, state, 1, count, BRANDS],
  );
}
const inState = async (state: string) => {
  const { rows } = await database.db.query<{ n: number }>('select count(*) n from codes where state = $1', [
    state,
  ]);
  return rows[0]?.n;
};
async function expired(): Promise<{ subject: string; brand: string }[]> {
  const { rows } = await database.db.query<{ subject: string; brand: string }>(
    `select event ->> 'subject' as subject, brand_id as brand
     from outbox, json_array_elements(events -> 'events') as event where event ->> 'type' = 'code.expired'`,
  );
  return rows;
}
const process = async () => {
  const expire = createExpiry(database.db);
  while (await expire());
};

test('codes expire once, however many processes look', async () => {
  await codes(5_000, "now() - interval '1 s'");
  await codes(10, "now() + interval '1 hour'");
  await codes(10, 'null');
  await codes(10, "now() - interval '1 s'", 'disabled');
  await Promise.all([process(), process(), process()]);
  await process();
  expect([await inState('expired'), await inState('active'), await inState('disabled')]).toEqual([
    5_000, 20, 10,
  ]);
  const told = await expired();
  expect([told.length, new Set(told.map(({ subject }) => subject)).size]).toEqual([5_000, 5_000]);
  const { rows } = await database.db.query<{ wrong: number }>(
    `select count(*) as wrong from codes join unnest($1::text[], $2::uuid[]) as told (subject, brand)
       on told.subject = 'code/' || codes.code_key where told.brand <> codes.brand_id`,
    [told.map(({ subject }) => subject), told.map(({ brand }) => brand)],
  );
  expect(rows).toEqual([{ wrong: 0 }]);
});

test('the codes of an archived campaign expire, those of one that ended do not', async () => {
  const campaign = async (status: string) => {
    const id = newId();
    await database.db.query(
      `insert into campaigns (campaign_id, brand_id, name, status, version, has_codes, created_by)
       values ($1, $2, 'x', $3, 1, true, '{}')`,
      [id, BRANDS[0], status],
    );
    await database.db.query(
      `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, state, max_uses, last4)
       select gen_random_uuid(), $2, $1, gen_random_uuid(), 'unique', 'active', 1, 'ABCD' from generate_series(1, 2500)`,
      [id, BRANDS[0]],
    );
    return id;
  };
  await campaign('ended');
  const archived = await campaign('archived');
  await Promise.all([process(), process()]);
  expect([await inState('expired'), await inState('active')]).toEqual([2_500, 2_500]);
  expect(await expired()).toHaveLength(2_500);
  const { rows } = await database.db.query('select has_codes from campaigns where campaign_id = $1', [
    archived,
  ]);
  expect(rows).toEqual([{ has_codes: false }]);
});

describe('with the server running', () => {
  let stop: () => Promise<void> = async () => undefined;
  afterEach(() => stop());

  test('a code expires with no traffic', async () => {
    const app = await startTestApp();
    stop = () => app.close();
    const campaignId = await newCampaign(app);
    const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/codes`, {
      body: { kind: 'shared', code: 'BRIEF', endsAt: '2099-01-01T00:00:00Z' },
    });
    await app.db.query("update codes set ends_at = now() + interval '100 ms' where code_key = $1", [body.id]);
    await vi.waitFor(async () => expect(await eventsOf(app, 'code.expired')).toHaveLength(1), {
      timeout: 10_000,
    });
    expect(await eventsOf(app, 'code.expired')).toMatchObject([
      { subject: `code/${body.id}`, data: { codeId: body.id, batchId: null }, actor: { kind: 'system' } },
    ]);
    expect((await app.request('GET', `/v1/codes/${body.id}`)).body.state).toBe('expired');
  });
});
