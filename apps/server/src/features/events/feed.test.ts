import type { EventEnvelope, EventType } from '@promosmith/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { seal } from '../../platform/chain.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { findBatches, findHead, findHeads, readBatches } from './batches.ts';
import { type FeedQuery, readFeed } from './feed.ts';
import { comparePlaces, endOf, placeOf, START, sequenceOf } from './sequence.ts';

const brand = { brandId: '0196f0a0-0000-7000-8000-000000000001', slug: 'lucky-star' };
const other = { brandId: '0196f0a0-0000-7000-8000-000000000002', slug: 'other' };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.query('truncate outbox, chain_heads');
});

const origin = (brandId: string) => ({
  brandId,
  actor: { kind: 'api_key', id: 'key' } as const,
  correlationId: 'request',
  time: '2026-01-01T10:00:00.000Z',
});

/** One outbox row per list of types; the events are numbered in their data, over all rows. */
async function write(rows: readonly (readonly EventType[])[], brandId = brand.brandId): Promise<void> {
  let n = 0;
  for (const types of rows) {
    const events = types.map((type) => ({ type, subject: `${type.split('.')[0]}/${n}`, data: { n: n++ } }));
    await publish(database.db, origin(brandId), events);
  }
  while (await seal(database.db, 'outbox'));
}

/** Walks the feed to its end, page by page. */
async function walk(query: Omit<FeedQuery, 'cursor'>): Promise<EventEnvelope[]> {
  const events: EventEnvelope[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await readFeed(database.db, brand, { ...query, cursor });
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    events.push(...page.items);
    cursor = page.nextCursor;
    if (!page.hasMore) return events;
  }
}
const numbers = (events: readonly EventEnvelope[]) => events.map((event) => event.data.n);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);
const activated = (count: number): EventType[] => Array<EventType>(count).fill('code.activated');

test('an event carries what its row keeps once, and its place', async () => {
  await publish(database.db, origin(brand.brandId), [
    { type: 'code.disabled', subject: 'code/1', data: { reason: 'leaked' } },
    { type: 'code.activated', subject: 'code/2', data: {}, correlationId: 'another request' },
  ]);
  await seal(database.db, 'outbox');
  const page = await readFeed(database.db, brand, { limit: 10 });
  expect(page.items).toEqual([
    {
      specversion: '1.0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'code.disabled',
      source: '/brands/lucky-star',
      subject: 'code/1',
      time: '2026-01-01T10:00:00.000Z',
      brand: 'lucky-star',
      sequence: '0000000000000001.000000',
      actor: { kind: 'api_key', id: 'key' },
      correlationid: 'request',
      datacontenttype: 'application/json',
      data: { reason: 'leaked' },
    },
    expect.objectContaining({ sequence: '0000000000000001.000001', correlationid: 'another request' }),
  ]);
  expect(page).toMatchObject({ nextCursor: '0000000000000001.000001', hasMore: false });
});

test('events of several requests keep each its own, and have an id each', async () => {
  const of = (n: number, correlationId?: string): NewEvent => ({
    type: 'code.activated',
    subject: 'code/1',
    data: { n },
    correlationId,
  });
  const events = [of(0, 'first'), of(1, 'first'), of(2), of(3), of(4, 'second'), of(5, 'request')];
  await publish(database.db, origin(brand.brandId), events);
  await seal(database.db, 'outbox');
  const { items } = await readFeed(database.db, brand, { limit: 10 });
  expect(items.map(({ correlationid }) => correlationid)).toEqual([
    'first',
    'first',
    'request',
    'request',
    'second',
    'request',
  ]);
  expect(new Set(items.map(({ id }) => id)).size).toBe(events.length);
  expect((await readFeed(database.db, brand, { limit: 10 })).items).toEqual(items);
});

test('an event of an older version has the id it was written with', async () => {
  const written = { id: newId(), type: 'code.activated', subject: 'code/1', data: {} };
  const { brandId: _, ...row } = origin(brand.brandId);
  await database.db.query(
    `insert into outbox (batch_id, brand_id, event_count, events, digest) values ($1, $2, 1, $3, '')`,
    [newId(), brand.brandId, JSON.stringify({ ...row, events: [written] })],
  );
  await seal(database.db, 'outbox');
  const { items } = await readFeed(database.db, brand, { limit: 10 });
  expect(items).toEqual([expect.objectContaining({ id: written.id, correlationid: 'request' })]);
});

test('an empty feed has a cursor to poll with', async () => {
  const empty = await readFeed(database.db, brand, { limit: 10 });
  expect(empty).toEqual({ items: [], nextCursor: '0000000000000000.000000', hasMore: false });
  await write([activated(1)]);
  const later = await readFeed(database.db, brand, { limit: 10, cursor: empty.nextCursor });
  expect(numbers(later.items)).toEqual([0]);
});

test('at the end the cursor stays, and what comes later comes behind it', async () => {
  await write([activated(3)]);
  const end = await readFeed(database.db, brand, { limit: 10 });
  const poll = await readFeed(database.db, brand, { limit: 10, cursor: end.nextCursor });
  expect(poll).toEqual({ items: [], nextCursor: end.nextCursor, hasMore: false });
  await write([activated(2)]);
  const later = await readFeed(database.db, brand, { limit: 10, cursor: end.nextCursor });
  expect(later.items).toHaveLength(2);
});

test('any page size and any size of rows give every event once, in order', async () => {
  await write([[1, 7, 2000, 1, 30].map(activated), upTo(120).map(() => activated(2))].flat());
  for (const limit of [1000, 37, 8])
    expect(numbers(await walk({ limit })), `limit ${limit}`).toEqual(upTo(2279));
});

test('filters by type and by the beginning of the subject', async () => {
  await write([
    ['code.activated', 'bonus.granted'],
    ['code.disabled', 'code.activated'],
  ]);
  expect(numbers(await walk({ limit: 10, type: ['bonus.granted'] }))).toEqual([1]);
  expect(numbers(await walk({ limit: 1, type: ['bonus.granted', 'code.disabled'] }))).toEqual([1, 2]);
  expect(numbers(await walk({ limit: 10, subject: 'code/' }))).toEqual([0, 2, 3]);
  expect(numbers(await walk({ limit: 10, subject: 'code/', type: ['bonus.granted'] }))).toEqual([]);
});

test('a rare event is found behind many others, by pages that may be empty', async () => {
  await write([...upTo(7).map(() => activated(2000)), ['code.disabled']]);
  expect(numbers(await walk({ limit: 10, type: ['code.disabled'] }))).toEqual([14_000]);
});

test("another brand's events are not seen", async () => {
  await write([activated(2)], other.brandId);
  expect(await walk({ limit: 10 })).toEqual([]);
  const batches = await readBatches(database.db, other, START, 10);
  expect(await findBatches(database.db, brand, [batches[0]!.batchId])).toEqual([]);
  expect(await findBatches(database.db, other, [batches[0]!.batchId])).toEqual(batches);
});

test('what events of a row have in common is written once, and told with each', async () => {
  const common = { campaignId: 'summer', amount: 1000 };
  const granted = (data: Record<string, unknown>, shared?: Record<string, unknown>) =>
    ({ type: 'bonus.granted', subject: 'grant/1', data, ...(shared && { common: shared }) }) as const;
  await publish(database.db, origin(brand.brandId), [
    granted({ grantId: 'a' }, common),
    granted({ grantId: 'b' }, { campaignId: 'winter' }),
    granted({ grantId: 'c' }),
    granted({ grantId: 'd' }, common),
  ]);
  await seal(database.db, 'outbox');
  expect((await walk({ limit: 10 })).map(({ data }) => data)).toEqual([
    { grantId: 'a', ...common },
    { grantId: 'b', campaignId: 'winter' },
    { grantId: 'c' },
    { grantId: 'd', ...common },
  ]);
  const { rows } = await database.db.query<{ text: string }>('select events::text as text from outbox');
  expect(rows[0]?.text.split('summer')).toHaveLength(2);
});

test('what is not sealed yet is not seen', async () => {
  await publish(database.db, origin(brand.brandId), [
    { type: 'code.activated', subject: 'code/1', data: {} },
  ]);
  const { rows } = await database.db.query<{ batch_id: string }>('select batch_id from outbox');
  expect(await walk({ limit: 10 })).toEqual([]);
  expect(await findBatches(database.db, brand, [rows[0]!.batch_id, newId()])).toEqual([]);
});

test('batches come whole, as many as begin within the bound, and at least one', async () => {
  await write([5, 5, 5].map(activated));
  const sizes = async (after: number, atMost: number) =>
    (await readBatches(database.db, brand, endOf(after), atMost)).map((batch) => [
      batch.position,
      batch.events.length,
    ]);
  expect(await sizes(0, 1)).toEqual([[1, 5]]);
  expect(await sizes(0, 6)).toEqual([
    [1, 5],
    [2, 5],
  ]);
  expect(await sizes(2, 100)).toEqual([[3, 5]]);
  expect(await sizes(3, 100)).toEqual([]);
});

test('a batch of which only some events were seen counts with the rest', async () => {
  await write([5, 5, 5].map(activated));
  const positions = async (index: number, atMost: number) =>
    (await readBatches(database.db, brand, { position: 1, index }, atMost)).map((batch) => batch.position);
  expect(await positions(2, 3)).toEqual([1, 2]);
  expect(await positions(2, 2)).toEqual([1]);
  expect(await positions(4, 5)).toEqual([2]);
  expect(await positions(999_999, 6)).toEqual([2, 3]);
});

test('heads tell the last sealed position of each brand', async () => {
  await write([1, 1].map(activated));
  await write([activated(1)], other.brandId);
  expect(await findHeads(database.db)).toEqual(
    new Map([
      [brand.brandId, 2],
      [other.brandId, 1],
    ]),
  );
  expect(await findHead(database.db, brand.brandId)).toBe(2);
  expect(await findHead(database.db, newId())).toBe(0);
});

test('sequences sort as text in the order of their places', () => {
  const place = fc.record({ position: fc.nat({ max: 2 ** 31 - 1 }), index: fc.nat({ max: 999_999 }) });
  fc.assert(
    fc.property(place, place, (a, b) => {
      const [left, right] = [sequenceOf(a), sequenceOf(b)];
      expect(placeOf(left)).toEqual(a);
      expect(Math.sign(comparePlaces(a, b))).toBe(left === right ? 0 : left < right ? -1 : 1);
    }),
  );
});
