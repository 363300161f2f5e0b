import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { pauseForBudget } from './live.ts';
import { moveOnTime } from './schedule.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => database.db.query('truncate campaigns, outbox'));

const BRANDS = [newId(), newId()];

/** @param startsAt, endsAt SQL expressions of time. */
async function campaigns(count: number, status: string, startsAt: string, endsAt: string): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await database.db.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, starts_at, ends_at, created_by)
     select id, ($4::uuid[])[1 + n % 2], 'Due', $2, 1, ${startsAt}, ${endsAt}, $3
     from unnest($1::uuid[]) with ordinality as made (id, n)`,
    [ids, status, JSON.stringify({ kind: 'system', id: 'test' }), BRANDS],
  );
  return ids;
}

const count = async (status: string) => {
  const { rows } = await database.db.query<{ n: number }>(
    'select count(*) n from campaigns where status = $1',
    [status],
  );
  return rows[0]?.n;
};

async function events(): Promise<{ type: string; subject: string; brand: string }[]> {
  const { rows } = await database.db.query(
    `select brand_id as brand, event ->> 'type' as type, event ->> 'subject' as subject
     from outbox, json_array_elements(events -> 'events') as event`,
  );
  return rows as { type: string; subject: string; brand: string }[];
}

const moveAll = async () => {
  while (await moveOnTime(database.db));
};

test('what is due starts and ends once, however many processes look', async () => {
  const starting = await campaigns(250, 'scheduled', "now() - interval '1 s'", 'null');
  const ending = await campaigns(250, 'active', 'null', 'now()');
  const paused = await campaigns(3, 'paused', 'null', 'now()');
  await Promise.all(Array.from({ length: 4 }, moveAll));
  await moveAll();
  expect([await count('active'), await count('ended')]).toEqual([250, 253]);
  const told = await events();
  const subjects = (type: string) =>
    told.filter((event) => event.type === type).map(({ subject }) => subject);
  expect(subjects('campaign.activated').sort()).toEqual(starting.map((id) => `campaign/${id}`).sort());
  expect(subjects('campaign.ended').sort()).toEqual(
    [...ending, ...paused].map((id) => `campaign/${id}`).sort(),
  );
  const { rows } = await database.db.query<{ campaign_id: string; brand_id: string }>(
    'select * from campaigns',
  );
  const brandOf = new Map(rows.map((row) => [`campaign/${row.campaign_id}`, row.brand_id]));
  expect(told.filter(({ subject, brand }) => brandOf.get(subject) !== brand)).toEqual([]);
});

test('what is not due stays', async () => {
  await campaigns(2, 'scheduled', "now() + interval '1 hour'", 'null');
  await campaigns(2, 'active', 'null', "now() + interval '1 hour'");
  await campaigns(2, 'draft', "now() - interval '1 hour'", 'now()');
  await moveAll();
  expect([await count('scheduled'), await count('active'), await count('draft')]).toEqual([2, 2, 2]);
  expect(await events()).toEqual([]);
});

test('a window that passed unseen starts and ends', async () => {
  const [id] = await campaigns(1, 'scheduled', "now() - interval '2 hours'", "now() - interval '1 hour'");
  await moveAll();
  expect((await events()).map(({ type }) => type).sort()).toEqual(['campaign.activated', 'campaign.ended']);
  expect((await database.db.query('select status from campaigns where campaign_id = $1', [id])).rows).toEqual(
    [{ status: 'ended' }],
  );
});

test('a spent budget pauses an active campaign once, and no other', async () => {
  const [active] = await campaigns(1, 'active', 'null', 'null');
  const [ended] = await campaigns(1, 'ended', 'null', 'null');
  const origin = {
    brandId: BRANDS[0] as string,
    actor: { kind: 'system' as const, id: 'budget' },
    correlationId: newId(),
    time: new Date().toISOString(),
  };
  const spent = (id: string) => database.db.transaction((tx) => pauseForBudget(tx, id, origin));
  await Promise.all([spent(active as string), spent(active as string), spent(ended as string)]);
  expect(await events()).toMatchObject([{ type: 'campaign.paused', subject: `campaign/${active}` }]);
  const { rows } = await database.db.query(
    'select status, pause_reason, revision from campaigns order by campaign_id',
  );
  expect(rows).toEqual([
    { status: 'paused', pause_reason: 'The budget is spent.', revision: 2 },
    { status: 'ended', pause_reason: null, revision: 1 },
  ]);
});
