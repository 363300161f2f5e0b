import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  type Drawing,
  enterAll,
  eventually,
  lineOf,
  liveJourney,
  moveJourney,
  newPlayers,
  publishAgain,
  tell,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const HOUR_MS = 3_600_000;
const API = { source: 'api' } as const;
const wait = { kind: 'wait_event', event: { source: 'event', name: 'login' }, timeoutMs: HOUR_MS } as const;
const delay = { kind: 'delay', delay: { forMs: HOUR_MS } } as const;

const WITH_WAIT = lineOf(API, { hold: wait });
/** The wait is gone, a delay is new. */
const WITH_DELAY = lineOf(API, { rest: delay });

const post = (journeyId: string, path: string, body: object) =>
  app.request('POST', `/v1/journeys/${journeyId}/migrations${path}`, { body });
const preview = async (journeyId: string, body: object) => (await post(journeyId, '/preview', body)).body;

/** Two versions, and players who wait in the first. */
async function twoVersions(before: Drawing, after: Drawing, count: number) {
  const journeyId = await liveJourney(app, before);
  const players = await newPlayers(app, count);
  await enterAll(app, journeyId, players);
  await publishAgain(app, journeyId, after);
  return { journeyId, players };
}

async function migrated(journeyId: string, body: object) {
  const started = await post(journeyId, '', body);
  expect(started.status).toBe(202);
  const job = async () => (await app.request('GET', `/v1/jobs/${started.body.jobId}`)).body;
  return eventually(job, ({ finishedAt }) => finishedAt !== null);
}

const places = async (journeyId: string) =>
  (
    await app.db.query<{ version: number; node: string; status: string; players: number }>(
      `select version, node_id as node, status, count(*)::int as players from journey_enrolments
       where journey_id = $1 group by 1, 2, 3 order by 1, 2, 3`,
      [journeyId],
    )
  ).rows.map(({ version, node, status, players }) => `${version} ${node} ${status} ${players}`);

describe('moving players to another version', () => {
  it('keeps those whose node is still there, with the settings of the new version', async () => {
    const soon = { ...wait, timeoutMs: 60_000 };
    const { journeyId, players } = await twoVersions(WITH_WAIT, lineOf(API, { hold: soon }), 3);
    expect(await preview(journeyId, { from: 1, to: 2 })).toEqual({
      players: 3,
      possible: true,
      nodes: [{ nodeId: 'hold', players: 3, what: 'stays', to: null, because: null }],
    });
    expect(await migrated(journeyId, { from: 1, to: 2 })).toMatchObject({
      kind: 'journeys.migrate',
      status: 'succeeded',
      done: 3,
      total: 3,
      result: { moved: 3, left: 0 },
    });
    expect(await places(journeyId)).toEqual(['2 hold active 3']);
    const { items } = (await app.request('GET', `/v1/journeys/${journeyId}/enrolments`)).body;
    for (const { visitBegan, wakeAt } of items)
      expect(Date.parse(wakeAt) - Date.parse(visitBegan)).toBe(60_000);
    await tell(app, 'login', players);
    expect(await places(journeyId)).toEqual(['2 done completed 3']);
    const { nodes } = (await app.request('GET', `/v1/journeys/${journeyId}/counts?version=1`)).body;
    expect(nodes).toContainEqual({ nodeId: 'hold', visits: 3, waiting: 0, left: {}, ended: 3 });
  });

  it('needs to be told where players go whose node is gone', async () => {
    const { journeyId } = await twoVersions(WITH_WAIT, WITH_DELAY, 3);
    const incomplete = await post(journeyId, '', { from: 1, to: 2 });
    expect([incomplete.status, incomplete.body.key]).toEqual([422, 'migration_incomplete']);
    expect(incomplete.body.errors).toEqual([expect.objectContaining({ field: 'targets.hold' })]);
    expect(await preview(journeyId, { from: 1, to: 2, targets: { hold: 'nowhere' } })).toMatchObject({
      possible: false,
      nodes: [{ nodeId: 'hold', what: 'bad_target', to: 'nowhere', because: null }],
    });
    expect(await preview(journeyId, { from: 1, to: 2, targets: { hold: 'rest' } })).toMatchObject({
      possible: true,
      nodes: [{ nodeId: 'hold', players: 3, what: 'moves', to: 'rest' }],
    });
    expect(await places(journeyId)).toEqual(['1 hold active 3']);
    await migrated(journeyId, { from: 1, to: 2, targets: { hold: 'rest' } });
    expect(await places(journeyId)).toEqual(['2 rest active 3']);
  });

  it('takes them out where that is asked for', async () => {
    const { journeyId } = await twoVersions(WITH_WAIT, WITH_DELAY, 2);
    await migrated(journeyId, { from: 1, to: 2, targets: { hold: 'exit' } });
    expect(await places(journeyId)).toEqual(['2 hold exited 2']);
  });

  it('moves hundreds, in steps, while some of them go on by themselves', { timeout: 60_000 }, async () => {
    const COUNT = 1_200;
    const { journeyId, players } = await twoVersions(
      WITH_WAIT,
      lineOf(API, { hold: wait, rest: delay }),
      COUNT,
    );
    const [job] = await Promise.all([
      migrated(journeyId, { from: 1, to: 2 }),
      tell(app, 'login', players.slice(0, 400)),
    ]);
    const { moved, left } = job.result;
    expect(left).toBe(0);
    const rows = await places(journeyId);
    const of = (place: string) =>
      Number(
        rows
          .find((row) => row.startsWith(place))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    // Who went on before being moved ended in the first version, the others rest in the second.
    expect(of('1 done completed') + moved).toBe(COUNT);
    expect(of('1 done completed') + of('2 rest active')).toBe(400);
    expect(of('2 hold active')).toBe(800);
  });

  it('can be done while the journey is paused, and what was kept is done in the new version', async () => {
    const { journeyId, players } = await twoVersions(WITH_WAIT, lineOf(API, { hold: wait, rest: delay }), 2);
    await moveJourney(app, journeyId, 'pause');
    await tell(app, 'login', players.slice(0, 1));
    await migrated(journeyId, { from: 1, to: 2 });
    expect(await places(journeyId)).toEqual(['2 hold active 2']);
    await moveJourney(app, journeyId, 'resume');
    const now = await eventually(
      () => places(journeyId),
      (rows) => rows.length === 2,
    );
    expect(now).toEqual(['2 hold active 1', '2 rest active 1']);
  });

  it('is refused for versions there are not, and for one and the same', async () => {
    const { journeyId } = await twoVersions(WITH_WAIT, WITH_DELAY, 1);
    const refused = async (path: string, body: object) => {
      const { status, body: answer } = await post(journeyId, path, body);
      return [status, answer.errors?.[0]?.field];
    };
    expect(await refused('/preview', { from: 1, to: 3 })).toEqual([422, 'to']);
    expect(await refused('/preview', { from: 2, to: 2 })).toEqual([422, 'to']);
    expect(await refused('', { from: 7, to: 1 })).toEqual([422, 'from']);
  });
});
