import { afterAll, beforeAll, expect, test } from 'vitest';
import { seal } from '../../platform/chain.ts';
import { publish } from '../../platform/outbox.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const now = () => new Date().toISOString();
const registered = (id: string, player: string, data: object = {}) => ({
  id,
  type: 'player.registered',
  time: now(),
  player,
  data,
});

test('events reach their consumers, each item with its own answer', async () => {
  const events = [
    registered('r1', 'anna', { country: 'DE', currency: 'EUR' }),
    registered('r2', 'bob', { country: 'Germany' }),
    {
      id: 'd1',
      type: 'deposit.succeeded',
      time: now(),
      player: 'anna',
      data: { depositId: 'd1', amount: 5000, currency: 'EUR', method: 'card' },
    },
  ];
  const sent = await app.request('POST', '/v1/events', { body: { events } });
  expect(sent.status).toBe(200);
  expect(sent.body.results).toMatchObject([
    { status: 'accepted', id: 'r1' },
    { status: 'rejected', id: 'r2', reason: { key: 'invalid_event', errors: [{ field: 'data.country' }] } },
    { status: 'accepted', id: 'd1' },
  ]);
  const player = await app.request('GET', '/v1/players/anna');
  expect(player.body).toMatchObject({ country: 'DE', depositCount: 1, totalDeposits: 5000 });
  expect((await app.request('GET', '/v1/players/bob')).status).toBe(404);

  const again = await app.request('POST', '/v1/events', { body: { events } });
  expect(again.body.results.map(({ status }: { status: string }) => status)).toEqual([
    'duplicate',
    'rejected',
    'duplicate',
  ]);
  expect((await app.request('GET', '/v1/players/anna')).body).toMatchObject({ depositCount: 1 });
});

test("a brand's events are its own", async () => {
  const other = await app.anotherBrand();
  const event = registered('same', 'cleo');
  for (const key of [app.ownerKey, other.ownerKey]) {
    const { body } = await app.request('POST', '/v1/events', { key, body: { events: [event] } });
    expect(body.results).toEqual([{ status: 'accepted', id: 'same' }]);
  }
});

test.each([
  ['no body', undefined, 400],
  ['no list', { events: {} }, 422],
  ['an empty list', { events: [] }, 422],
  ['1,001 events', { events: Array(1001).fill({}) }, 422],
  ['an unknown field', { events: [{}], brandId: 'x' }, 422],
  ['text with NUL', { events: [{ id: '\0' }] }, 400],
  ['malformed JSON', '{"events":[', 400],
  ['three megabytes', { events: ['x'.repeat(3 * 1024 * 1024)] }, 413],
])('%s is refused as a whole', async (_, body, status) => {
  expect((await app.request('POST', '/v1/events', { body })).status).toBe(status);
});

test('the feed pages with a cursor that never ends', async () => {
  const { brand, ownerKey: key } = await app.anotherBrand();
  const types = ['code.activated', 'bonus.granted', 'code.disabled'] as const;
  const events = types.map((type) => ({ type, subject: 'code/1', data: {} }));
  const actor = { kind: 'staff', id: 'anna' } as const;
  await publish(app.db, { brandId: brand.brandId, actor, correlationId: 'request', time: now() }, events);
  while (await seal(app.db, 'outbox'));
  const read = async (query: string) => (await app.request('GET', `/v1/events?${query}`, { key })).body;

  await expect.poll(async () => (await read('')).items.length).toBe(3);
  const first = await read('limit=2');
  expect(first).toMatchObject({ items: [{ type: types[0] }, { type: types[1] }], hasMore: true });
  const second = await read(`limit=2&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ items: [{ type: types[2] }], hasMore: false });
  expect(await read(`cursor=${second.nextCursor}`)).toEqual({
    items: [],
    nextCursor: second.nextCursor,
    hasMore: false,
  });
  expect((await read('type=bonus.granted')).items).toMatchObject([{ type: 'bonus.granted' }]);
  expect((await read('type=bonus.granted&type=code.disabled')).items).toHaveLength(2);
  expect((await read('subject=grant/')).items).toEqual([]);
});

test.each([
  'cursor=1',
  'cursor=0000000000000001.0000001',
  'type=code.eaten',
  'limit=0',
  'limit=1001',
  'since=now',
])('the feed refuses ?%s', async (query) => {
  expect((await app.request('GET', `/v1/events?${query}`)).status).toBe(422);
});

test('a cursor far ahead is the end', async () => {
  const page = await app.request('GET', '/v1/events?cursor=9999999999999999.999999');
  expect(page.body).toEqual({ items: [], nextCursor: '9999999999999999.999999', hasMore: false });
});

test('reading and sending are permitted apart', async () => {
  const reader = await app.key(['events:read']);
  const sender = await app.key(['events:write']);
  const body = { events: [registered('p1', 'dora')] };
  expect((await app.request('GET', '/v1/events', { key: reader })).status).toBe(200);
  expect((await app.request('POST', '/v1/events', { key: reader, body })).status).toBe(403);
  expect((await app.request('GET', '/v1/events', { key: sender })).status).toBe(403);
  expect((await app.request('POST', '/v1/events', { key: sender, body })).status).toBe(200);
});
