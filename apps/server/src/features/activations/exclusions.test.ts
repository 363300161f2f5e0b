import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
afterEach(() => expectBalanced(app));

/** One use, and money for one bonus. */
const offer = () =>
  createOffer(app, {
    maxUses: 1,
    definition: {
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          wagering: { multiplier: 3_500 },
        },
      ],
      limits: [{ scope: 'player', max: 1 }],
      budget: { EUR: 20_000 },
    },
  });

let players = 0;
const newPlayer = () => `exclusions-${++players}`;
const find = async (activationId: string) =>
  (await app.request('GET', `/v1/activations/${activationId}`)).body;
const lapses = async (campaignId: string) =>
  (await eventsOf(app, campaignId)).filter(({ type }) => type === 'activation.lapsed');

async function tell(player: string, until: string | null) {
  const event = {
    id: randomUUID(),
    type: 'player.self_excluded',
    time: new Date().toISOString(),
    player,
    data: { until },
  };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}
async function decide(player: string, body: { excluded: boolean; until?: string }) {
  const path = `/v1/players/${player}/self-exclusion`;
  const answer = await app.request('POST', path, { body: { ...body, reason: 'asked for it' } });
  expect(answer.status).toBe(200);
}
const hence = (ms: number) => new Date(Date.now() + ms).toISOString();
const DAY = 86_400_000;

describe('a player who is excluded', () => {
  test.each<[string, (player: string) => Promise<void>]>([
    ['by the platform, for good', (player) => tell(player, null)],
    ['by the platform, for a while', (player) => tell(player, hence(DAY))],
    ['by a person', (player) => decide(player, { excluded: true })],
    ['by a person, for a while', (player) => decide(player, { excluded: true, until: hence(DAY) })],
  ])('%s waits for nothing any more: uses and budget are free again', async (_, exclude) => {
    const { code, campaignId } = await offer();
    const player = newPlayer();
    const { body } = await activate(app, code, player);
    expect((await activate(app, code, newPlayer())).body.key).toBe('quantity_exceeded');
    await exclude(player);

    expect(await find(body.id)).toMatchObject({
      outcome: 'lapsed',
      refusalKey: 'self_excluded',
      awaitingUntil: null,
    });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled', amount: 0 }]);
    expect(await lapses(campaignId)).toMatchObject([
      { data: { activationId: body.id, player, codeId: body.codeId, reason: 'self_excluded' } },
    ]);
    const explained = await app.request('GET', `/v1/activations/${body.id}/explanation`);
    expect(explained.body.message).toContain('excluded yourself');

    await deposit(app, player, { amount: 5_000 });
    expect(await grantsOf(app, player)).toMatchObject([{ status: 'cancelled', amount: 0 }]);
    expect((await activate(app, code, newPlayer())).status).toBe(201);
  });

  it('loses every offer that waits, at every campaign, and nobody else does', async () => {
    const offers = await Promise.all(Array.from({ length: 3 }, offer));
    const [player, other] = [newPlayer(), newPlayer()];
    for (const { code } of offers.slice(0, 2)) await activate(app, code, player);
    const { body } = await activate(app, offers[2]?.code ?? '', other);
    await tell(player, null);
    const told = await Promise.all(offers.map(({ campaignId }) => lapses(campaignId)));
    expect(told.map(({ length }) => length)).toEqual([1, 1, 0]);
    expect((await find(body.id)).outcome).toBe('awaiting_deposit');
  });

  it('twice, at once, loses them once', async () => {
    const { code, campaignId } = await offer();
    const player = newPlayer();
    await activate(app, code, player);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        n % 2 === 0 ? tell(player, null) : decide(player, { excluded: true }),
      ),
    );
    expect(await lapses(campaignId)).toHaveLength(1);
  });

  it('keeps nothing when the deposit comes at the same time, or the bonus it paid', async () => {
    const ends = await Promise.all(
      Array.from({ length: 15 }, async () => {
        const { code } = await offer();
        const player = newPlayer();
        const { body } = await activate(app, code, player);
        await Promise.all([deposit(app, player, { amount: 5_000 }), decide(player, { excluded: true })]);
        const [grant] = await grantsOf(app, player);
        return `${(await find(body.id)).outcome} ${grant.status}`;
      }),
    );
    for (const end of ends) expect(['accepted active', 'lapsed cancelled']).toContain(end);
  });
});

describe('a player who is not', () => {
  test.each<[string, (player: string) => Promise<void>]>([
    ['because it is over already', (player) => tell(player, hence(-DAY))],
    ['because it was lifted', (player) => decide(player, { excluded: false })],
  ])('%s waits on', async (_, change) => {
    const { code } = await offer();
    const player = newPlayer();
    const { body } = await activate(app, code, player);
    await change(player);
    expect((await find(body.id)).outcome).toBe('awaiting_deposit');
  });
});
