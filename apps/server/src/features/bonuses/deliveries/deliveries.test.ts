import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { createApp } from '../../../app.ts';
import { activate, eventsOf, expectBalanced, grantsOf, reverse } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../../testing/test-app.ts';
import { ACCEPTED, connectEngine, REFUSED, type TestEngine } from '../../engines/testing.ts';
import { answers, type Behaviour } from '../../webhooks/testing/receiver.ts';
import { LEASE_MS } from './sender.ts';

let app: TestApp;
let engine: TestEngine;
let offer: { campaignId: string; code: string };

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  engine = await connectEngine(app);
  offer = await createOffer(app, { definition: { budget: { EUR: 1_000_000 } } });
});
afterAll(async () => {
  await app.close();
  await engine[Symbol.asyncDispose]();
});
afterEach(async () => {
  engine.receiver.behave(ACCEPTED);
  await expectBalanced(app);
});

let players = 0;

/** A bonus that is on its way to the engine, which behaves as told. */
async function issue(behaviour?: Behaviour) {
  if (behaviour) engine.receiver.behave(behaviour);
  const player = `player-${++players}`;
  const { body } = await activate(app, offer.code, player);
  return { player, activationId: body.id, grantId: body.grants[0].id as string };
}

const deliveriesOf = async (grantId: string): Promise<TestResponse['body'][]> =>
  (await app.request('GET', `/v1/deliveries?grantId=${grantId}`)).body.items;

/** While an attempt is under way its number is there already: wait for its error, if what follows is not to overtake it. */
const reaches = (grantId: string, expected: Record<string, unknown>) =>
  expect
    .poll(async () => (await deliveriesOf(grantId)).at(-1), { timeout: 20_000 })
    .toMatchObject({ operation: 'issue', ...expected });

/** Takes the pause before the next attempt away. */
const hurry = (grantId: string) =>
  app.db.query(`update deliveries set next_attempt_at = now() where grant_id = $1 and state = 'waiting'`, [
    grantId,
  ]);

const statusOf = async (player: string) => (await grantsOf(app, player))[0].status;

const budgetUsed = async (): Promise<number> => {
  const { rows } = await app.db.query<{ used: number }>(`select used from counters where counter_key = $1`, [
    `${offer.campaignId}:b:EUR`,
  ]);
  return rows[0]?.used ?? 0;
};

const retryIt = async (grantId: string) => {
  const [{ deliveryId }] = await deliveriesOf(grantId);
  return app.request('POST', `/v1/deliveries/${deliveryId}/retry`);
};

describe('an outside system that', () => {
  test('accepts: the bonus begins there, and the books have no account of it', async () => {
    const { player, grantId } = await issue();
    await reaches(grantId, {
      state: 'delivered',
      player,
      kind: 'bonus_balance',
      campaignId: offer.campaignId,
      target: 'engine',
      attempts: 1,
      nextAttemptAt: null,
      lastError: null,
      response: { status: 'accepted' },
    });
    expect((await grantsOf(app, player))[0]).toMatchObject({ status: 'active', amount: 1_000 });
    const { rows } = await app.db.query('select from postings where grant_id = $1', [grantId]);
    expect(rows).toEqual([]);
  });

  test.each<[string, Behaviour, string]>([
    ['answers 500', answers(500, {}, 'oops'), 'answered 500'],
    ['says 410: any gateway may, so it is no refusal', answers(410), 'answered 410'],
    ['closes the socket', (response) => void response.destroy(), 'UND_ERR_SOCKET'],
    [
      'answers what nobody understands',
      answers(200, {}, '<html>fine</html>'),
      'neither accepted nor refused',
    ],
    ['redirects', answers(307, { location: 'http://127.0.0.1:1/' }), 'redirects are not followed'],
  ])('%s is asked again, under the same id', async (_, behaviour, error) => {
    const { player, grantId } = await issue(behaviour);
    await reaches(grantId, { state: 'waiting', attempts: 1, lastError: expect.stringContaining(error) });
    expect(await statusOf(player)).toBe('pending');

    engine.receiver.behave(ACCEPTED);
    await hurry(grantId);
    await reaches(grantId, { state: 'delivered', attempts: 2, lastError: null });
    expect(await statusOf(player)).toBe('active');
    const sent = engine.messages().filter((message) => message.grantId === grantId);
    expect(sent).toHaveLength(2);
  });

  test('asks for patience is left alone as long', async () => {
    const { grantId } = await issue(answers(503, { 'retry-after': '3600' }));
    // While the attempt runs, its lease stands in the same column.
    await expect
      .poll(async () => {
        const { rows } = await app.db.query(
          `select attempts, next_attempt_at > now() + interval '59 minutes' as later from deliveries where grant_id = $1`,
          [grantId],
        );
        return rows;
      })
      .toEqual([{ attempts: 1, later: true }]);
  });

  test('refuses for good: the bonus is cancelled and the budget has its money back', async () => {
    const before = await budgetUsed();
    const { player, grantId } = await issue(REFUSED);
    await reaches(grantId, { state: 'refused', lastError: 'player unknown', attempts: 1 });
    expect(await statusOf(player)).toBe('cancelled');
    expect(await budgetUsed()).toBe(before);
    expect((await eventsOf(app, offer.campaignId)).at(-1)).toMatchObject({
      type: 'bonus.cancelled',
      data: { grantId, player, reason: 'player unknown', amount: 0, currency: 'EUR' },
    });
    expect(await retryIt(grantId)).toMatchObject({ status: 409, body: { key: 'conflict' } });
  });

  test('never recovers: it is given up for everybody to see, and tried again by hand', async () => {
    const { player, grantId } = await issue(answers(500));
    await reaches(grantId, { state: 'waiting', attempts: 1, lastError: 'answered 500' });
    await app.db.query('update deliveries set failures = 11 where grant_id = $1', [grantId]);
    await hurry(grantId);
    await reaches(grantId, { state: 'failed', attempts: 2, nextAttemptAt: null });
    expect(await statusOf(player)).toBe('delivery_failed');
    expect((await eventsOf(app, offer.campaignId)).at(-1)).toMatchObject({
      type: 'grant.delivery_failed',
      data: { grantId, player, target: 'engine', operation: 'issue', attempts: 2, error: 'answered 500' },
    });

    engine.receiver.behave(answers(502));
    const retried = await retryIt(grantId);
    expect(retried).toMatchObject({ status: 202, body: { state: 'waiting' } });
    await reaches(grantId, { state: 'waiting', attempts: 3, lastError: 'answered 502' });
    expect(await statusOf(player)).toBe('pending');
    engine.receiver.behave(ACCEPTED);
    await retryIt(grantId);
    await reaches(grantId, { state: 'delivered', attempts: 4 });
    const { rows } = await app.db.query(
      `select action, target_id from audit_log where action = 'delivery.retried' and target_id = $1`,
      [grantId],
    );
    expect(rows).toHaveLength(2);
  });

  test('is slow and answers after it was asked again: the later attempt decides', async () => {
    const waiting: (() => void)[] = [];
    const { player, grantId } = await issue((response, request) => {
      waiting.push(() => void REFUSED(response, request));
    });
    await expect.poll(() => waiting.length).toBe(1);
    engine.receiver.behave(ACCEPTED);
    await hurry(grantId);
    await reaches(grantId, { state: 'delivered', attempts: 2 });
    waiting[0]?.();
    const overtaken = 'promosmith_delivery_attempts_total{target="engine",outcome="overtaken"} 1';
    await expect.poll(async () => (await app.request('GET', '/metrics')).body).toContain(overtaken);
    expect(await statusOf(player)).toBe('active');
    await reaches(grantId, { state: 'delivered', attempts: 2 });
  });
});

test('several server processes send each bonus once', async () => {
  const other = await createApp({ ...app.config, port: 0 }, app.db);
  const issued = await Promise.all(Array.from({ length: 30 }, () => issue()));
  for (const { grantId } of issued) await reaches(grantId, { state: 'delivered', attempts: 1 });
  const ids = issued.map(({ grantId }) => grantId);
  const sent = engine
    .messages()
    .flatMap(({ grantId }) => (grantId && ids.includes(grantId) ? [grantId] : []));
  expect(sent.toSorted()).toEqual(ids.toSorted());
  await other.close();
});

describe('a bonus that is taken back', () => {
  const cancelDue = (grantId: string) =>
    app.db.query(
      `update deliveries set next_attempt_at = now() where grant_id = $1 and operation = 'cancel'`,
      [grantId],
    );

  it('is cancelled outside once it was taken', async () => {
    const { activationId, grantId } = await issue();
    await reaches(grantId, { state: 'delivered' });
    await reverse(app, activationId);
    await expect
      .poll(async () => (await deliveriesOf(grantId))[0])
      .toMatchObject({ operation: 'cancel', state: 'delivered' });
    const operations = engine.messages().filter((message) => message.grantId === grantId);
    expect(operations.map(({ operation }) => operation)).toEqual(['issue', 'cancel']);
  });

  it('is cancelled after an attempt nobody knows the end of', async () => {
    const { activationId, grantId } = await issue(answers(502));
    await reaches(grantId, { state: 'waiting', attempts: 1, lastError: 'answered 502' });
    await reverse(app, activationId);
    await reaches(grantId, { state: 'withdrawn', attempts: 1, nextAttemptAt: null });
    const [cancel] = await deliveriesOf(grantId);
    expect(cancel).toMatchObject({ operation: 'cancel', state: 'waiting', attempts: 0 });
    expect(Date.parse(cancel.nextAttemptAt)).toBeLessThanOrEqual(Date.now() + LEASE_MS);
    engine.receiver.behave(ACCEPTED);
    await cancelDue(grantId);
    await expect.poll(async () => (await deliveriesOf(grantId))[0]).toMatchObject({ state: 'delivered' });
  });

  it('is never told of when nobody was asked yet', async () => {
    const { activationId, grantId } = await issue(answers(503));
    await reaches(grantId, { state: 'waiting', attempts: 1, lastError: 'answered 503' });
    await app.db.query('update deliveries set attempts = 0 where grant_id = $1', [grantId]);
    await reverse(app, activationId);
    expect(await deliveriesOf(grantId)).toMatchObject([{ operation: 'issue', state: 'withdrawn' }]);
  });
});

describe('GET /v1/deliveries', () => {
  it('filters and pages, newest first', async () => {
    const first = await issue();
    const second = await issue();
    await reaches(first.grantId, { state: 'delivered' });
    await reaches(second.grantId, { state: 'delivered' });
    const ids = async (query: string): Promise<string[]> =>
      (await app.request('GET', `/v1/deliveries${query}`)).body.items.map(
        ({ grantId }: { grantId: string }) => grantId,
      );
    expect((await ids('?limit=2')).toSorted()).toEqual([first.grantId, second.grantId].toSorted());
    expect(await ids(`?player=${first.player}&target=engine&operation=issue&state=delivered`)).toEqual([
      first.grantId,
    ]);
    expect(await ids(`?player=${first.player}&operation=cancel`)).toEqual([]);
    const { body } = await app.request('GET', '/v1/deliveries?limit=1');
    expect(await ids(`?limit=1&cursor=${body.nextCursor}`)).not.toEqual([body.items[0].grantId]);
    expect((await app.request('GET', '/v1/deliveries?cursor=forged')).status).toBe(422);
  });

  it('shows nothing of another brand, nor lets it try again', async () => {
    const { grantId } = await issue();
    const [{ deliveryId }] = await deliveriesOf(grantId);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('GET', '/v1/deliveries', { key })).body.items).toEqual([]);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/retry'],
    ] as const)
      expect(await app.request(method, `/v1/deliveries/${deliveryId}${path}`, { key })).toMatchObject({
        status: 404,
      });
    await reaches(grantId, { state: 'delivered' });
  });
});
