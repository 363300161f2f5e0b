import { randomUUID } from 'node:crypto';
import type { DeliveryStatus, EventType } from '@promosmith/contract';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '../../testing/test-app.ts';
import { clean } from './delivery/cleaner.ts';
import { type Bench, startBench } from './testing/bench.ts';
import { answers, startReceiver } from './testing/receiver.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.db.query('truncate webhook_endpoints, webhook_cursors, webhook_deliveries, audit_log');
});

const DAY = 86_400_000;
const daysAgo = (days: number) => Date.now() - days * DAY;
const iso = (ms: number) => new Date(ms).toISOString();

/** Deliveries as they were left, one per age and status. */
async function left(webhookId: string, rows: readonly (readonly [days: number, status: DeliveryStatus])[]) {
  const ids = rows.map(([days]) => v7({ msecs: daysAgo(days) }));
  await bench.db.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type, status, failures)
     select $1, event_id, $2, 1, 0, 'code.activated', status, 3
     from unnest($3::uuid[], $4::text[]) as left_over (event_id, status)`,
    [webhookId, randomUUID(), ids, rows.map(([, status]) => status)],
  );
  return ids;
}
const pending = async (webhookId: string) =>
  (await bench.deliveries(webhookId))
    .filter(({ status }) => status === 'pending')
    .map(({ eventId }) => eventId);

test('one delivery is sent again, from the beginning of the table', async () => {
  await using receiver = await startReceiver();
  receiver.behave(answers(500));
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(['code.activated']);
  const dispatcher = bench.dispatcher({ backoffMs: [0] });
  await dispatcher.fanOut();
  await dispatcher.run();
  const [abandoned] = await bench.deliveries(webhookId);
  expect(abandoned).toMatchObject({ status: 'abandoned', attempts: 2 });

  receiver.behave(answers(200));
  const again = must(await bench.webhooks.replayOne(webhookId, abandoned!.eventId, bench.origin));
  expect(again).toMatchObject({ status: 'pending', attempts: 2 });
  await dispatcher.run();
  expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'succeeded', attempts: 3 }]);

  must(await bench.webhooks.replayOne(webhookId, abandoned!.eventId, bench.origin));
  await dispatcher.run();
  expect(receiver.received.map(({ id }) => id)).toEqual(Array<string>(4).fill(abandoned!.eventId));
});

test('one that is under way is not sent twice', async () => {
  await using receiver = await startReceiver();
  let release = () => {};
  receiver.behave((response) => {
    release = () => {
      response.end();
    };
  });
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(['code.activated']);
  const dispatcher = bench.dispatcher();
  await dispatcher.fanOut();
  await dispatcher.sender.send();
  await receiver.arrived(1);

  const [delivery] = await bench.deliveries(webhookId);
  must(await bench.webhooks.replayOne(webhookId, delivery!.eventId, bench.origin));
  await bench.dispatcher().run();
  release();
  await dispatcher.sender.settle();
  expect(receiver.received).toHaveLength(1);
  expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'succeeded', attempts: 1 }]);
});

test('from an instant on, deliveries of the statuses asked for are queued again', async () => {
  const { webhookId } = await bench.create('http://127.0.0.1:1/');
  const ids = await left(webhookId, [
    [9, 'abandoned'],
    [5, 'abandoned'],
    [4, 'succeeded'],
    [3, 'failed'],
    [2, 'abandoned'],
    [1, 'abandoned'],
  ]);
  const replay = {
    since: iso(daysAgo(6)),
    until: iso(daysAgo(1.5)),
    statuses: ['failed', 'abandoned'] as const,
  };
  expect(must(await bench.webhooks.replay(webhookId, replay, bench.origin))).toEqual({
    requeued: 3,
    nextCursor: null,
  });
  expect(await pending(webhookId)).toEqual([ids[4], ids[3], ids[1]]);

  const all = { since: iso(daysAgo(6)), statuses: ['succeeded', 'abandoned'] as const };
  expect(must(await bench.webhooks.replay(webhookId, all, bench.origin))).toMatchObject({ requeued: 2 });
  expect(await pending(webhookId)).toEqual([ids[5], ids[4], ids[3], ids[2], ids[1]]);
});

test('a call queues at most 10,000 and says where to go on', async () => {
  const { webhookId } = await bench.create('http://127.0.0.1:1/');
  await bench.db.query(
    `insert into webhook_deliveries (endpoint_id, event_id, batch_id, position, event_index, event_type, status)
     select $1, (lpad(to_hex((extract(epoch from now()) * 1000)::bigint), 12, '0') || lpad(n::text, 20, '0'))::uuid,
       $1, 1, n, 'code.activated', 'abandoned' from generate_series(1, 10001) as n`,
    [webhookId],
  );
  const replay = { since: iso(daysAgo(1)), statuses: ['abandoned'] as const };
  const first = must(await bench.webhooks.replay(webhookId, replay, bench.origin));
  expect(first).toEqual({ requeued: 10_000, nextCursor: expect.any(String) });
  const cursor = first.nextCursor ?? undefined;
  expect(must(await bench.webhooks.replay(webhookId, { ...replay, cursor }, bench.origin))).toEqual({
    requeued: 1,
    nextCursor: null,
  });
});

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
  'any instant is taken: %s',
  async (since) => {
    const { webhookId } = await bench.create('http://127.0.0.1:1/');
    const replay = { since, until: since, statuses: ['failed'] as const };
    expect(await bench.webhooks.replay(webhookId, replay, bench.origin)).toMatchObject({ ok: true });
  },
);

test("another brand's endpoint is not found", async () => {
  const { webhookId } = await bench.create('http://127.0.0.1:1/');
  const [eventId] = await left(webhookId, [[1, 'abandoned']]);
  const stranger = { ...bench.origin, brandId: randomUUID() };
  const refused = { ok: false, refusal: { key: 'not_found' } };
  const replay = { since: iso(daysAgo(9)), statuses: ['abandoned'] as const };
  expect(await bench.webhooks.replay(webhookId, replay, stranger)).toMatchObject(refused);
  expect(await bench.webhooks.replayOne(webhookId, eventId!, stranger)).toMatchObject(refused);
  expect(await bench.webhooks.update(webhookId, { enabled: false }, stranger)).toMatchObject(refused);
  expect(await bench.webhooks.rotateSecret(webhookId, 0, stranger)).toMatchObject(refused);
  expect(await bench.webhooks.remove(webhookId, stranger)).toMatchObject(refused);
  expect(await pending(webhookId)).toEqual([]);
});

test('finished deliveries go after thirty days, others stay', async () => {
  const { webhookId } = await bench.create('http://127.0.0.1:1/');
  const ids = await left(webhookId, [
    [31, 'succeeded'],
    [31, 'abandoned'],
    [31, 'failed'],
    [31, 'pending'],
    [29, 'succeeded'],
    [29, 'abandoned'],
  ]);
  expect(await clean(bench.db)).toBe(false);
  const kept = (await bench.deliveries(webhookId)).map(({ eventId }) => eventId);
  expect(new Set(kept)).toEqual(new Set(ids.slice(2)));
});

test('a removed endpoint gets nothing more, and goes with its log, some rows at a time', async () => {
  await using receiver = await startReceiver();
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(Array<EventType>(5001).fill('code.activated'));
  const dispatcher = bench.dispatcher();
  await dispatcher.fanOut();
  must(await bench.webhooks.remove(webhookId, bench.origin));
  await bench.publish(['code.activated']);
  await dispatcher.fanOut();
  await dispatcher.run();
  expect(receiver.received).toEqual([]);
  expect(await bench.webhook(webhookId)).toBeUndefined();

  expect(await clean(bench.db)).toBe(true);
  expect(await clean(bench.db)).toBe(false);
  const { rows } = await bench.db.query(
    `select (select count(*)::int from webhook_endpoints) as endpoints,
       (select count(*)::int from webhook_cursors) as cursors, (select count(*)::int from webhook_deliveries) as deliveries`,
  );
  expect(rows).toEqual([{ endpoints: 0, cursors: 0, deliveries: 0 }]);
});
