import type { Permission } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  type Drawing,
  enterAll,
  eventually,
  lineOf,
  liveJourney,
  moveJourney,
  newPlayers,
  publishedJourney,
  tell,
} from '../desk/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const HOUR_MS = 3_600_000;
const API = { source: 'api' } as const;
const LOGIN = { source: 'event', name: 'login' } as const;
const hold = { kind: 'wait_event', event: LOGIN, timeoutMs: HOUR_MS } as const;

const post = (journeyId: string, path: string, body: object) =>
  app.request('POST', `/v1/journeys/${journeyId}/${path}`, { body });
const draft = async (definition: Drawing): Promise<string> =>
  (await app.request('POST', '/v1/journeys', { body: { name: 'Draft', definition } })).body.id;

describe('a test run', () => {
  it('walks a journey that nobody may enter yet, and counts nowhere', async () => {
    const journeyId = await publishedJourney(
      app,
      lineOf(LOGIN, { hold, pause: { kind: 'delay', delay: { forMs: 1_000 } } }, { entryCap: 1 }),
    );
    const [player = ''] = await newPlayers(app, 1);
    const run = await post(journeyId, 'test-runs', { player, event: { country: 'DE' } });
    expect([run.status, run.body]).toEqual([
      201,
      expect.objectContaining({ isTest: true, status: 'active', nodeId: 'hold', version: 1, player }),
    ]);
    const path = `enrolments/${run.body.id}`;
    const skipped = await post(journeyId, `${path}/skip`, {
      seq: 2,
      connector: 'happened',
      reason: 'testing',
    });
    expect(skipped.body).toMatchObject({ nodeId: 'pause', waitingFor: 'time' });
    const ask = async () => (await app.request('GET', `/v1/journeys/${journeyId}/${path}`)).body;
    expect(await eventually(ask, ({ status }) => status !== 'active')).toMatchObject({ status: 'completed' });
    const again = await post(journeyId, 'test-runs', { player });
    expect(again.status).toBe(201);
    const { nodes } = (await app.request('GET', `/v1/journeys/${journeyId}/counts`)).body;
    expect(nodes.every(({ visits }: { visits: number }) => visits === 0)).toBe(true);
    const feed = await app.db.query(`select from outbox where brand_id = $1 and events::text like $2`, [
      app.brand.brandId,
      `%${run.body.id}%`,
    ]);
    expect(feed.rowCount).toBe(0);
  });

  it('gives bonuses for those only who may put journeys in force', async () => {
    const { campaignId } = await createCampaign(app);
    const gift = { kind: 'give_bonus', campaignId } as const;
    const journeyId = await publishedJourney(app, lineOf(API, { gift }));
    const [player = ''] = await newPlayers(app, 1);
    const run = async (...scopes: Permission[]) =>
      app.request('POST', `/v1/journeys/${journeyId}/test-runs`, {
        key: await app.key(scopes),
        body: { player },
      });
    expect(await run('journeys:write')).toMatchObject({ status: 403, body: { key: 'forbidden' } });
    expect(await run('journeys:write', 'journeys:publish')).toMatchObject({ status: 201 });
    const plain = await publishedJourney(app, lineOf(API, { hold }));
    const write = await app.key(['journeys:write']);
    const test = { key: write, body: { player } };
    expect(await app.request('POST', `/v1/journeys/${plain}/test-runs`, test)).toMatchObject({ status: 201 });
  });

  it('does not keep the same player from entering for real', async () => {
    const journeyId = await liveJourney(app, lineOf(API, { hold }, { entry: { rule: 'once' } }));
    const players = await newPlayers(app, 1);
    await post(journeyId, 'test-runs', { player: players[0] });
    expect(await enterAll(app, journeyId, players)).toEqual([expect.any(String)]);
    await tell(app, 'login', players);
    const { items } = (await app.request('GET', `/v1/journeys/${journeyId}/enrolments`)).body;
    expect(items.map(({ isTest, status }: { isTest: boolean; status: string }) => [isTest, status])).toEqual([
      [false, 'completed'],
      [true, 'completed'],
    ]);
  });

  it('is refused without a version, of an archived journey, and for who must not be sent to', async () => {
    const journeyId = await draft(lineOf(API));
    const [player = ''] = await newPlayers(app, 1);
    expect((await post(journeyId, 'test-runs', { player })).status).toBe(409);
    await moveJourney(app, journeyId, 'publish');
    expect((await post(journeyId, 'test-runs', { player: 'nobody' })).status).toBe(404);
    await app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked' },
    });
    expect((await post(journeyId, 'test-runs', { player })).status).toBe(409);
    await moveJourney(app, journeyId, 'archive');
    const [other = ''] = await newPlayers(app, 1);
    expect((await post(journeyId, 'test-runs', { player: other })).status).toBe(409);
  });
});

describe('a simulation', () => {
  const START = '2026-11-22T10:00:00.000Z';
  const simulated = async (journeyId: string, script: object = {}) =>
    (await post(journeyId, 'simulations', { startsAt: START, ...script })).body;
  const path = ({ moments }: { moments: { steps: { nodeId: string; connector: string | null }[] }[] }) =>
    moments.flatMap(({ steps }) => steps.map(({ nodeId, connector }) => `${nodeId}.${connector}`));

  const branches: Drawing = {
    nodes: {
      start: { kind: 'trigger', on: LOGIN },
      hold,
      rich: { kind: 'condition', rule: 'player.total_deposits >= 1000' },
      yes: { kind: 'exit' },
      no: { kind: 'exit' },
    },
    edges: [
      { from: 'start', connector: 'next', to: 'hold' },
      { from: 'hold', connector: 'happened', to: 'rich' },
      { from: 'hold', connector: 'timed_out', to: 'no' },
      { from: 'rich', connector: 'yes', to: 'yes' },
      { from: 'rich', connector: 'no', to: 'no' },
    ],
  };

  it('walks a draft through what might happen, and stores nothing', async () => {
    const journeyId = await draft(branches);
    const later = '2026-11-22T10:30:00.000Z';
    const timedOut = await simulated(journeyId);
    expect(path(timedOut)).toEqual(['start.next', 'hold.timed_out', 'no.null']);
    expect(timedOut.moments.at(-1).at).toBe('2026-11-22T11:00:00.000Z');
    const happened = await simulated(journeyId, {
      facts: { 'player.total_deposits': 500 },
      happenings: [
        { at: '2026-11-22T10:20:00.000Z', facts: { 'player.total_deposits': 5_000 } },
        { at: later, source: 'event', name: 'login' },
      ],
    });
    expect(path(happened)).toEqual(['start.next', 'hold.happened', 'rich.yes', 'yes.null']);
    expect(happened).toMatchObject({
      end: { status: 'completed', nodeId: 'yes', reason: 'exit_reached' },
      cut: false,
    });
    expect(happened.moments.at(-1)).toMatchObject({ at: later, input: { kind: 'event', name: 'login' } });
    const { rowCount } = await app.db.query('select from journey_enrolments where journey_id = $1', [
      journeyId,
    ]);
    expect(rowCount).toBe(0);
  });

  it('takes the facts of a player', async () => {
    const [player = ''] = await newPlayers(app, 1, { totalDeposits: 5_000, depositCount: 1 });
    const journeyId = await draft(branches);
    const happenings = [{ at: '2026-11-22T10:30:00Z', source: 'event', name: 'login' }];
    expect((await simulated(journeyId, { player, happenings })).end.nodeId).toBe('yes');
    expect((await simulated(journeyId, { happenings })).end.nodeId).toBe('no');
  });

  it('has what actions came to made up, and is of a version where one is named', async () => {
    const journeyId = await publishedJourney(
      app,
      lineOf(API, { call: { kind: 'webhook', url: 'https://casino.example/hook', body: '{}' }, hold }),
    );
    const script = {
      version: 1,
      answers: { call: [[{ afterMs: 2_000, outcome: 'success', data: { ok: true } }]] },
    };
    const walked = await simulated(journeyId, script);
    expect(path(walked)).toEqual(['start.next', 'call.success', 'hold.timed_out']);
    expect(walked.moments[0].effects).toEqual([{ seq: 2, nodeId: 'call', kind: 'webhook', expiresAt: null }]);
    expect(walked.moments[1].at).toBe('2026-11-22T10:00:02.000Z');
    const { status, body } = await post(journeyId, 'simulations', { version: 2 });
    expect([status, body.errors]).toEqual([422, [expect.objectContaining({ field: 'version' })]]);
  });

  it('of a draft with errors is answered with them', async () => {
    const journeyId = await draft({ nodes: { start: { kind: 'trigger' } } });
    const { status, body } = await post(journeyId, 'simulations', {});
    expect([status, body.key]).toEqual([422, 'journey_not_ready']);
    expect(body.errors.length).toBeGreaterThan(0);
  });

  test.each([
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ until: '2026-11-22T09:00:00Z' }, 'until'],
    [{ until: '2028-11-22T09:00:00Z' }, 'until'],
    [{ facts: { 'player.age': 'old' } }, 'facts.player.age'],
    [{ happenings: [{ at: START, facts: { 'player.age': 'old' } }] }, 'happenings.0.facts.player.age'],
  ])('refuses %j', async (script, field) => {
    const journeyId = await draft(branches);
    const { status, body } = await post(journeyId, 'simulations', { startsAt: START, ...script });
    expect([status, body.errors?.[0]?.field]).toEqual([422, field]);
  });
});
