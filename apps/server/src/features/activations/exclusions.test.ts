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

describe('bonuses that were promised and not delivered', () => {
  /** Nobody delivers them meanwhile. */
  beforeAll(() =>
    app.db.query(`alter table deliveries alter column next_attempt_at set default now() + interval '1 hour'`),
  );

  const deliveriesOf = async (player: string) =>
    (
      await app.db.query<{ operation: string; state: string }>(
        `select d.operation, d.state from deliveries d join players p using (player_id)
         where p.external_id = $1 order by d.operation desc, d.state`,
        [player],
      )
    ).rows.map(({ operation, state }) => `${operation} ${state}`);
  /** Money that is the player's at once, and two bonuses that others have to deliver. */
  const promised = () =>
    createOffer(app, {
      definition: {
        rewards: [
          { kind: 'bonus_balance', amount: { EUR: 500 }, wagering: { multiplier: 3_500 } },
          { kind: 'special', handler: 'gift' },
          {
            kind: 'free_spins',
            count: 10,
            provider: 'spinner',
            games: ['book'],
            spinValue: { EUR: 10 },
            winnings: 'cash',
            winCap: { EUR: 1_000 },
          },
        ],
        budget: { EUR: 10_000 },
      },
    });
  const statuses = async (player: string) =>
    Object.fromEntries((await grantsOf(app, player)).map(({ kind, status }) => [kind, status]));
  const committed = async (campaignId: string) =>
    (
      await app.db.query<{ committed: number }>(
        'select used + reserved as committed from counters where campaign_id = $1',
        [campaignId],
      )
    ).rows[0]?.committed;

  test.each<[string, (player: string) => Promise<void>]>([
    ['by the platform', (player) => tell(player, null)],
    ['by a person', (player) => decide(player, { excluded: true })],
  ])('are cancelled when the player is excluded %s, and what the player has stays', async (_, exclude) => {
    const { code, campaignId } = await promised();
    const player = newPlayer();
    const { body } = await activate(app, code, player);
    const cost = await committed(campaignId);
    await exclude(player);

    expect(await statuses(player)).toEqual({
      bonus_balance: 'active',
      special: 'cancelled',
      free_spins: 'cancelled',
    });
    expect(await deliveriesOf(player)).toEqual(['issue withdrawn', 'issue withdrawn']);
    expect(cost).toBeGreaterThan(500);
    expect(await committed(campaignId)).toBe(500);
    const ended = (await eventsOf(app, campaignId)).filter(({ type }) => type === 'bonus.cancelled');
    expect(ended.map(({ data }) => data.kind).sort()).toEqual(['free_spins', 'special']);
    for (const { data } of ended)
      expect(data).toMatchObject({ player, activationId: body.id, reason: 'self_excluded' });
    expect((await find(body.id)).outcome).toBe('accepted');
  });

  it('are called back where the outside may have heard of them, and left where it has taken them', async () => {
    const { code } = await promised();
    const player = newPlayer();
    await activate(app, code, player);
    const mark = (kind: string, set: string) =>
      app.db.query(
        `update deliveries d set attempts = 1, last_attempt_at = now(), ${set}
         from grants g, players p where g.player_id = d.player_id and g.grant_id = d.grant_id
           and p.player_id = d.player_id and p.external_id = $1 and g.kind = $2`,
        [player, kind],
      );
    await mark('special', `next_attempt_at = now() + interval '1 hour'`);
    await mark('free_spins', `state = 'delivered', next_attempt_at = null`);
    await tell(player, null);
    expect(await statuses(player)).toMatchObject({ special: 'cancelled', free_spins: 'pending' });
    expect(await deliveriesOf(player)).toEqual(['issue delivered', 'issue withdrawn', 'cancel waiting']);
  });

  it('of delivery that was given up are cancelled too', async () => {
    const { code } = await promised();
    const player = newPlayer();
    await activate(app, code, player);
    await app.db.query(
      `update grants g set status = 'delivery_failed' from players p
       where p.player_id = g.player_id and p.external_id = $1 and g.kind = 'special'`,
      [player],
    );
    await tell(player, null);
    expect(await statuses(player)).toMatchObject({ special: 'cancelled' });
  });

  it('are given back once, however often the exclusion is told', async () => {
    const { code, campaignId } = await promised();
    const player = newPlayer();
    await activate(app, code, player);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        n % 2 === 0 ? tell(player, null) : decide(player, { excluded: true }),
      ),
    );
    expect(await committed(campaignId)).toBe(500);
    const ended = (await eventsOf(app, campaignId)).filter(({ type }) => type === 'bonus.cancelled');
    expect(ended).toHaveLength(2);
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
