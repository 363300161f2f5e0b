import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  delay,
  draw,
  exit,
  live,
  SECOND,
  wait,
} from '../apps/server/src/features/journeys/enrolments/testing.ts';
import { expectBalanced } from '../apps/server/src/testing/actions.ts';
import { createCampaign, createCode } from '../apps/server/src/testing/fixtures.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { type Callers, createCallers, shuffled } from './support/callers.ts';
import { done } from './support/done.ts';
import { type ServerProcess, startServers } from './support/servers.ts';

const SERVERS = 3;
const AT_ONCE = 24;
const ROUNDS = 12;
/** So few that almost everything at once is about the same ones. */
const PLAYERS = 12;

let app: TestApp;
let servers: ServerProcess[];
let callers: Callers;

beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
  servers = await startServers(app, SERVERS);
  callers = createCallers(
    servers.map(({ url }) => url),
    app.ownerKey,
  );
}, 60_000);

afterAll(async () => {
  await callers.close();
  await Promise.all(servers.map((server) => server.stop()));
  await app.close();
});

const count = async (sql: string): Promise<number> =>
  (await app.db.query<{ n: number }>(`select (${sql})::int as n`)).rows[0]?.n ?? Number.NaN;

const deadlocks = () => count('select deadlocks from pg_stat_database where datname = current_database()');

interface Player {
  readonly id: string;
  readonly token: string;
}

async function newPlayer(): Promise<Player> {
  const id = `player-${randomUUID()}`;
  await done(app.request('PUT', `/v1/players/${id}`, { body: { currency: 'EUR', country: 'DE' } }));
  const consents = [{ product: 'casino', channel: 'popup', granted: true }];
  await done(app.request('POST', `/v1/players/${id}/consents`, { body: { consents } }));
  return { id, token: await app.playerToken(id) };
}

const entry = { entry: { rule: 'whenever_outside' }, entryCap: 100_000 } as const;

/** Deposits let players into a popup and a bonus behind it; actions, and what is published here, into waits. */
async function buildJourneys(giftId: string): Promise<void> {
  const { items } = await done(app.request('GET', '/v1/content-templates'));
  const template = items.find(({ name }: { name: string }) => name === 'Promo Code with Label Tag');
  const label = { name: 'promo_code', definition: { kind: 'text', default: 'AB-12' } };
  await done(app.request('POST', '/v1/labels', { body: label }));
  const parameters = { label: 'promo_code', whenShown: 'CODE_IS_SHOWN' };
  const popup = { from: 'template', name: 'Popup', template: template.id, parameters };
  const { id: contentId } = await done(app.request('POST', '/v1/content', { body: popup }));
  const path = '/v1/event-properties/client_action:WHEEL_SPUN';
  await done(app.request('PUT', path, { body: { fields: [] } }));
  await live(
    app,
    draw(
      {
        start: { kind: 'trigger', on: { source: 'event', name: 'deposit.succeeded' } },
        popup: { kind: 'popup', contentId, expiresAfterMs: 5 * SECOND },
        shown: {
          kind: 'wait_event',
          event: { source: 'client_action', name: 'CODE_IS_SHOWN' },
          timeoutMs: 5 * SECOND,
        },
        gift: { kind: 'give_bonus', campaignId: giftId },
        exit,
      },
      ['start.next > popup', 'popup.impression > shown', 'shown.happened > gift', 'gift.success > exit'],
      entry,
    ),
  );
  const spun = { source: 'client_action', name: 'WHEEL_SPUN' } as const;
  for (const [on, awaited] of [
    [spun, 'deposit.succeeded'],
    [spun, 'bonus.granted'],
    [{ source: 'event', name: 'bonus.granted' }, 'deposit.succeeded'],
    [{ source: 'event', name: 'code.activated' }, 'bonus.granted'],
  ] as const)
    await live(
      app,
      draw(
        { start: { kind: 'trigger', on }, awaited: wait(awaited, SECOND), pause: delay(SECOND), exit },
        ['start.next > awaited', 'awaited.happened > exit', 'awaited.timed_out > pause', 'pause.next > exit'],
        entry,
      ),
    );
}

it('activations, deposits, impressions, time, and exclusions of the same players never wait for each other in a circle', async () => {
  const wagering = { multiplier: 3_500 } as const;
  const limits = { cap: { EUR: 10_000 }, minDeposit: { EUR: 1_000 } };
  const matched = { kind: 'deposit', matchBps: 5_000, ...limits, wagering } as const;
  const { campaignId } = await createCampaign(app, {
    rewards: [matched],
    budget: { EUR: 100_000_000 },
    exclusiveGroup: 'one',
  });
  const { code } = await createCode(app, { campaignId });
  const { campaignId: giftId } = await createCampaign(app, { budget: { EUR: 100_000_000 } });
  await buildJourneys(giftId);
  const players = await Promise.all(Array.from({ length: PLAYERS }, newPlayer));
  const pick = (): Player => players[Math.floor(Math.random() * PLAYERS)] as Player;
  const before = await deadlocks();

  const now = () => new Date().toISOString();
  const deposited = ({ id: player }: Player) => {
    const id = randomUUID();
    const data = { depositId: id, amount: 5_000, currency: 'EUR', method: 'card' };
    return { id, type: 'deposit.succeeded', time: now(), player, data };
  };
  const spun = ({ id: player }: Player) => ({
    ...{ id: randomUUID(), type: 'client.action', time: now(), player, data: { action: 'WHEEL_SPUN' } },
  });
  const told = async (events: object[]): Promise<void> => {
    const { status, body } = await callers.post('/v1/events', { events });
    expect([status, body.results?.map((result: { status: string }) => result.status)]).toEqual([
      200,
      events.map(() => 'accepted'),
    ]);
  };
  /** @returns how many popups they saw. */
  const look = async ({ token: key }: Player): Promise<number> => {
    const { popups } = (await app.request('GET', '/v1/me/messages', { key })).body;
    const authorization = { authorization: `Bearer ${key}` };
    for (const { id } of popups ?? [])
      expect((await callers.post(`/v1/me/messages/${id}/impression`, {}, authorization)).status).toBe(200);
    return popups?.length ?? 0;
  };
  const acts: readonly (() => Promise<unknown>)[] = [
    () => {
      const [one, other] = [pick(), pick()];
      return told([spun(one), deposited(other), deposited(one), spun(other)]);
    },
    () => told([deposited(pick())]),
    () => told(shuffled(players, 3).map(spun)),
    async () => {
      const { status } = await callers.post('/v1/activations', {
        code,
        player: { id: pick().id, currency: 'EUR' },
      });
      expect([201, 422]).toContain(status);
    },
    () => look(pick()),
    async () => {
      const path = `/v1/players/${pick().id}/self-exclusion`;
      for (const excluded of [true, false])
        expect((await callers.post(path, { excluded, reason: 'test' })).status).toBe(200);
    },
    async () => {
      await app.cohorts.recount(app.brand.brandId);
      await app.cohorts.count();
    },
  ];
  const work = Array.from({ length: ROUNDS * AT_ONCE }, (_, n) => acts[n % acts.length]);
  const left = shuffled(work, 11);
  const worker = async (): Promise<void> => {
    for (let act = left.pop(); act; act = left.pop()) await act();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  // Where all that takes longer than popups wait, nobody has seen one yet.
  const last = await newPlayer();
  await told([deposited(last)]);
  await expect.poll(() => look(last), { timeout: 20_000, interval: 50 }).toBeGreaterThan(0);
  await expect
    .poll(() => count(`select count(*) from journey_enrolments where status = 'active'`), {
      timeout: 60_000,
      interval: 200,
    })
    .toBe(0);

  expect((await deadlocks()) - before).toBe(0);
  expect(await count('select count(*) from journey_enrolments')).toBeGreaterThan(PLAYERS);
  expect(await count(`select count(*) from grants where source = 'journey'`)).toBeGreaterThan(0);
  expect(await count(`select count(*) from journey_effects where status = 'pending'`)).toBe(0);
  await expectBalanced(app);
}, 180_000);
