import type { ProviderShape } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { answers, type Behaviour } from '../webhooks/testing/receiver.ts';
import {
  closes,
  connectProvider,
  expectSpins,
  type FakeProvider,
  PATIENCE,
  pathsOf,
  type Spinning,
  startSpins,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
});
afterAll(() => app.close());

const deliveryOf = async ({ grantId }: Spinning) =>
  (await app.request('GET', `/v1/deliveries?grantId=${grantId}&operation=issue`)).body.items[0];

/** Waits for an attempt that came to nothing. */
const failedOnce = (spins: Spinning, error: RegExp): Promise<void> =>
  vi.waitFor(
    async () => expect(await deliveryOf(spins)).toMatchObject({ lastError: expect.stringMatching(error) }),
    { timeout: 20_000, interval: 50 },
  );

const tryAgain = async (spins: Spinning) => {
  const { deliveryId } = await deliveryOf(spins);
  expect((await app.request('POST', `/v1/deliveries/${deliveryId}/retry`)).status).toBe(202);
};

const namedIn = (provider: FakeProvider, { grantId }: Spinning) =>
  provider
    .calls(pathsOf(provider.shape).issue)
    .filter(({ path, body }) => `${path} ${body}`.includes(grantId));

const SHAPES = ['hmac256', 'formsha1', 'md5query'] as const;

describe.each(SHAPES)('a provider of %s', (shape: ProviderShape) => {
  let provider: FakeProvider;
  beforeAll(async () => {
    provider = await connectProvider(app, shape);
  });
  afterAll(() => provider[Symbol.asyncDispose]());
  const { issue } = pathsOf(shape);

  test.each<[string, Behaviour, RegExp]>([
    ['is broken', answers(500, {}, 'oops'), /answered 500/],
    ['closes the connection', closes, /other side closed|ECONNRESET/],
    ['does not let us in', answers(401), /answered 401/],
    ['leads elsewhere', answers(302, { location: 'http://127.0.0.1:1/' }), /redirects are not followed/],
  ])('that %s is asked again, under the same id', async (_, fault, error) => {
    provider.next(issue, fault);
    const spins = await startSpins(app, provider);
    await failedOnce(spins, error);
    await expectSpins(app, spins, { state: 'pending' });
    await tryAgain(spins);
    await expectSpins(app, spins, { state: 'issued' });
    expect(namedIn(provider, spins)).toHaveLength(2);
    expect(await deliveryOf(spins)).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('that took the order although its answer was lost may tell of it at once', async () => {
    provider.next(issue, closes);
    const spins = await startSpins(app, provider, { reward: { count: 1 } });
    await failedOnce(spins, /./);
    expect(
      (await provider.tell({ grantId: spins.grantId, player: spins.player, won: 90, played: 1 })).status,
    ).toBe(200);
    await expectSpins(app, spins, { state: 'finished', credited: 90 });
    await tryAgain(spins);
    await vi.waitFor(
      async () => expect(await deliveryOf(spins)).toMatchObject({ state: 'delivered' }),
      PATIENCE,
    );
    expect(namedIn(provider, spins)).toHaveLength(1);
    expect((await grantsOf(app, spins.player)).map(({ status }) => status)).toEqual(['active', 'completed']);
  });

  it('that refuses for good ends the bonus and frees the budget', async () => {
    provider.next(issue, answers(422, {}, 'no such game'));
    const spins = await startSpins(app, provider, {
      reward: { winCap: { EUR: 500 } },
      definition: { budget: { EUR: 500 } },
    });
    await expectSpins(app, spins, { state: 'cancelled', overAt: expect.any(String) });
    expect(await deliveryOf(spins)).toMatchObject({
      state: 'refused',
      lastError: 'answered 422: no such game',
    });
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({ status: 'cancelled' });
    const { rows } = await app.db.query(
      'select used + reserved as committed from counters where campaign_id = $1',
      [spins.campaignId],
    );
    expect(rows).toEqual([{ committed: 0 }]);
    expect((await eventsOf(app, spins.campaignId)).map(({ type }) => type)).toContain('freespins.cancelled');
    await expectBalanced(app);
  });
});

it('one that is too slow is given up on, and asked again, whatever its shape', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow = await Promise.all(
    SHAPES.map(async (shape) => {
      const provider = await connectProvider(app, shape);
      provider.next(pathsOf(shape).issue, async (response) => {
        await released;
        response.writeHead(200).end('{"error":0}');
      });
      return { provider, spins: await startSpins(app, provider) };
    }),
  );
  for (const { spins } of slow) await failedOnce(spins, /no answer within 10 s/);
  release();
  for (const { provider, spins } of slow) {
    await tryAgain(spins);
    await expectSpins(app, spins, { state: 'issued' });
    expect(namedIn(provider, spins)).toHaveLength(2);
    await provider[Symbol.asyncDispose]();
  }
}, 40_000);

it('an order waits for its provider to be connected', async () => {
  const spins = await startSpins(app, { name: 'later' });
  await failedOnce(spins, /there is no free-round provider later/);
  const provider = await connectProvider(app, 'md5query', 'later');
  await tryAgain(spins);
  await expectSpins(app, spins, { state: 'issued' });
  await provider[Symbol.asyncDispose]();
});

it('an order of several games is refused by a provider that takes one', async () => {
  const provider = await connectProvider(app, 'formsha1');
  const spins = await startSpins(app, provider, { reward: { games: ['one', 'two'] } });
  await expectSpins(app, spins, { state: 'cancelled' });
  expect(provider.calls()).toEqual([]);
  await provider[Symbol.asyncDispose]();
});
