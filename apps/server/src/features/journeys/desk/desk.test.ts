import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { poison } from '../../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  type Drawing,
  enterAll,
  eventually,
  lineOf,
  liveJourney,
  moveJourney,
  newPlayers,
  tell,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { logLevel: 'silent' } });
});
afterAll(() => app.close());

const API = { source: 'api' } as const;
const HOUR_MS = 3_600_000;
const LOGIN = { source: 'event', name: 'login' } as const;
const waiting = lineOf(API, { wait: { kind: 'wait_event', event: LOGIN, timeoutMs: HOUR_MS } });

const get = async (path: string) => (await app.request('GET', `/v1/journeys/${path}`)).body;
const post = (path: string, body?: object) => app.request('POST', `/v1/journeys/${path}`, { body });
const one = (journeyId: string, enrolmentId: string) => get(`${journeyId}/enrolments/${enrolmentId}`);
const happenings = ({ timeline }: { timeline: { what: string; nodeId: string | null }[] }) =>
  timeline.map(({ what, nodeId }) => (nodeId === null ? what : `${what} ${nodeId}`));

/** Lets one new player in. */
async function enterOne(journeyId: string) {
  const players = await newPlayers(app, 1);
  const [enrolmentId = ''] = await enterAll(app, journeyId, players);
  return { player: players[0] ?? '', enrolmentId };
}

describe('who is in a journey', () => {
  it('is listed latest first, by node, status and player, in pages', async () => {
    const journeyId = await liveJourney(app, waiting);
    const players = await newPlayers(app, 5);
    const ids = await enterAll(app, journeyId, players);
    await tell(app, 'login', players.slice(0, 2));
    const list = async (query: string) =>
      (await get(`${journeyId}/enrolments?${query}`)).items.map(({ id }: { id: string }) => id);
    expect(await list('')).toEqual(ids.toReversed());
    expect(await list('status=active&nodeId=wait')).toEqual(ids.slice(2).toReversed());
    expect(await list('status=completed')).toEqual(ids.slice(0, 2).toReversed());
    expect(await list(`player=${players[3]}`)).toEqual([ids[3]]);
    expect(await list('test=true')).toEqual([]);
    expect(await list('version=2')).toEqual([]);
    const first = await get(`${journeyId}/enrolments?limit=2`);
    const second = await get(`${journeyId}/enrolments?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 4));
    const { body } = await app.request('GET', `/v1/players/${players[0]}/enrolments`);
    expect(body.items).toEqual([expect.objectContaining({ id: ids[0], journeyId, status: 'completed' })]);
  });

  it('is counted at each node, by what has left it, without test runs', async () => {
    const journeyId = await liveJourney(app, waiting);
    const players = await newPlayers(app, 4);
    await enterAll(app, journeyId, players);
    await post(`${journeyId}/test-runs`, { player: players[0] });
    await tell(app, 'login', players.slice(0, 1));
    const counted = {
      version: 1,
      nodes: [
        { nodeId: 'start', visits: 4, waiting: 0, left: { next: 4 }, ended: 0 },
        { nodeId: 'wait', visits: 4, waiting: 3, left: { happened: 1 }, ended: 0 },
        { nodeId: 'done', visits: 1, waiting: 0, left: {}, ended: 1 },
      ],
    };
    expect(await get(`${journeyId}/counts`)).toEqual(counted);
    // The same once they are folded.
    await eventually(
      () => app.db.query('select from journey_tallies where journey_id = $1', [journeyId]),
      ({ rowCount }) => rowCount === 0,
    );
    expect(await get(`${journeyId}/counts?version=1`)).toEqual(counted);
    expect((await app.request('GET', `/v1/journeys/${journeyId}/counts?version=2`)).status).toBe(404);
  });

  it('is compared with who was kept out', async () => {
    const goal = { event: LOGIN, withinMs: HOUR_MS };
    const journeyId = await liveJourney(app, lineOf(API, undefined, { controlBps: 5_000, goal }));
    const players = await newPlayers(app, 60);
    await enterAll(app, journeyId, players);
    await tell(app, 'login', players.slice(0, 20));
    const { items } = await get(`${journeyId}/enrolments?limit=200`);
    const count = (control: boolean, converted: boolean) =>
      items.filter(
        (item: { status: string; convertedAt: string | null }) =>
          (item.status === 'control') === control && (!converted || item.convertedAt !== null),
      ).length;
    const report = await get(`${journeyId}/report`);
    expect(report).toMatchObject({
      inside: count(false, false),
      walked: { entered: count(false, false), converted: count(false, true) },
      control: { entered: count(true, false), converted: count(true, true) },
    });
    expect(report.walked.entered + report.control.entered).toBe(60);
    expect(report.walked.converted + report.control.converted).toBe(20);
    expect(report.uplift.points).toBeCloseTo(report.walked.rate - report.control.rate);
  });
});

describe('the numbers of journeys', () => {
  const numbersOf = async (ids: readonly string[], key?: string) => {
    const query = ids.map((id) => `journeyIds=${id}`).join('&');
    const { body } = await app.request('GET', `/v1/journey-numbers?${query}`, { ...(key && { key }) });
    return body.items;
  };
  const folded = (journeyId: string) =>
    eventually(
      () => app.db.query('select from journey_tallies where journey_id = $1', [journeyId]),
      ({ rowCount }) => rowCount === 0,
    );

  it('are live, in the order asked for, without test runs and the control group', async () => {
    const goal = { event: LOGIN, withinMs: HOUR_MS };
    const aimless = await liveJourney(app, waiting);
    const journeyId = await liveJourney(app, lineOf(API, undefined, { controlBps: 3_000, goal }));
    const never = (await app.request('POST', '/v1/journeys', { body: { name: 'Never published' } })).body.id;
    const players = await newPlayers(app, 40);
    await enterAll(app, journeyId, players);
    await post(`${journeyId}/test-runs`, { player: players[0] });
    await tell(app, 'login', players.slice(0, 20));
    const { inside, walked } = await get(`${journeyId}/report`);
    expect(walked.entered).toBeLessThan(40);
    const told = [
      {
        journeyId,
        inside,
        entered: walked.entered,
        enteredLately: walked.entered,
        converted: walked.converted,
      },
      { journeyId: aimless, inside: 0, entered: 0, enteredLately: 0, converted: null },
      { journeyId: never, inside: 0, entered: 0, enteredLately: 0, converted: null },
    ];
    const asked = [journeyId, randomUUID(), aimless, never];
    expect(await numbersOf(asked)).toEqual(told);
    await folded(journeyId);
    expect(await numbersOf(asked)).toEqual(told);
    const { ownerKey } = await app.anotherBrand();
    expect(await numbersOf(asked, ownerKey)).toEqual([]);
  });

  it('of the last week leave out what was before, however late it is counted', async () => {
    const journeyId = await liveJourney(app, waiting);
    const count = async (entered: number, ago: string) => {
      await app.db.query(
        `insert into journey_tallies (tally_id, journey_id, version, node_id, connector, visits, at)
         values ($1, $2, 1, '', 'entered', $3, date_trunc('hour', now()) - $4::interval)`,
        [randomUUID(), journeyId, entered, ago],
      );
      const [coming] = await numbersOf([journeyId]);
      await folded(journeyId);
      const [there] = await numbersOf([journeyId]);
      expect(there).toEqual(coming);
      return [there.entered, there.enteredLately];
    };
    expect(await count(5, '7 days')).toEqual([5, 0]);
    expect(await count(3, '6 days 20 hours')).toEqual([8, 3]);
    expect(await count(2, '0')).toEqual([10, 5]);
    expect(await count(1, '0')).toEqual([11, 6]);
    expect(await count(4, '7 days')).toEqual([15, 6]);
  });

  it('are of a hundred at most', async () => {
    const query = Array.from({ length: 101 }, () => `journeyIds=${randomUUID()}`).join('&');
    expect((await app.request('GET', `/v1/journey-numbers?${query}`)).status).toBe(422);
    expect((await app.request('GET', '/v1/journey-numbers?journeyIds=x')).status).toBe(422);
  });
});

describe('a timeline', () => {
  it('tells of everything, in order', async () => {
    await app.request('POST', '/v1/properties', {
      body: { name: 'tier', type: 'string', label: 'Tier', example: 'gold' },
    });
    const journeyId = await liveJourney(
      app,
      lineOf(API, {
        tier: { kind: 'change_property', property: 'tier', value: 'gold' },
        wait: { kind: 'wait_event', event: LOGIN, timeoutMs: HOUR_MS },
      }),
    );
    const { player, enrolmentId } = await enterOne(journeyId);
    await eventually(
      () => one(journeyId, enrolmentId),
      ({ nodeId }) => nodeId === 'wait',
    );
    const waits = await one(journeyId, enrolmentId);
    expect(waits).toMatchObject({
      status: 'active',
      waitingFor: 'event',
      connectors: ['happened', 'timed_out'],
    });
    await tell(app, 'login', [player]);
    const over = await one(journeyId, enrolmentId);
    expect(over).toMatchObject({ status: 'completed', connectors: [], ended: { reason: 'exit_reached' } });
    expect(happenings(over)).toEqual([
      'entered',
      'visit.began start',
      'visit.left start',
      'visit.began tier',
      'action.asked tier',
      'action.done tier',
      'visit.left tier',
      'visit.began wait',
      'visit.left wait',
      'visit.began done',
      'visit.left done',
      'ended',
    ]);
    const times = over.timeline.map(({ at }: { at: string }) => at);
    expect(times).toEqual(times.toSorted());
  });

  it('of another brand is not to be found', async () => {
    const journeyId = await liveJourney(app, waiting);
    const { enrolmentId } = await enterOne(journeyId);
    const { ownerKey: key } = await app.anotherBrand();
    for (const path of [
      '',
      '/counts',
      '/report',
      '/run',
      '/enrolments',
      '/stuck',
      `/enrolments/${enrolmentId}`,
    ])
      if (path !== '')
        expect([
          path,
          (await app.request('GET', `/v1/journeys/${journeyId}${path}`, { key })).status,
        ]).toEqual([path, 404]);
    for (const [path, body] of [
      [`/enrolments/${enrolmentId}/skip`, { seq: 2, connector: 'happened', reason: 'r' }],
      [`/enrolments/${enrolmentId}/withdraw`, { reason: 'r' }],
      [`/enrolments/${enrolmentId}/retry`, undefined],
      ['/migrations/preview', { from: 1, to: 2 }],
      ['/migrations', { from: 1, to: 2 }],
      ['/test-runs', { player: 'p' }],
      ['/simulations', {}],
    ] as const)
      expect([
        path,
        (await app.request('POST', `/v1/journeys/${journeyId}${path}`, { key, body })).status,
      ]).toEqual([path, 404]);
  });
});

describe('a person', () => {
  const actions = async (enrolmentId: string) =>
    (
      await app.db.query<{ action: string; reason: string | null }>(
        'select action, reason from audit_log where target_id = $1 order by entry_id',
        [enrolmentId],
      )
    ).rows;

  it('moves a player on by a connector, once', async () => {
    const journeyId = await liveJourney(app, waiting);
    const { enrolmentId } = await enterOne(journeyId);
    const path = `${journeyId}/enrolments/${enrolmentId}/skip`;
    const skip = { seq: 2, connector: 'happened', reason: 'asked by support' };
    expect((await post(path, { ...skip, connector: 'yes' })).status).toBe(409);
    expect((await post(path, { ...skip, seq: 1 })).status).toBe(409);
    const answers = await Promise.all([1, 2, 3].map(() => post(path, skip)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const over = await one(journeyId, enrolmentId);
    expect(over).toMatchObject({ status: 'completed', nodeId: 'done' });
    expect(over.timeline).toContainEqual(
      expect.objectContaining({
        what: 'visit.left',
        nodeId: 'wait',
        data: expect.objectContaining({ cause: 'staff', connector: 'happened', reason: 'asked by support' }),
      }),
    );
    expect(await actions(enrolmentId)).toEqual([{ action: 'enrolment.skipped', reason: 'asked by support' }]);
  });

  it('takes a player out, also of a paused journey, but skips nothing there', async () => {
    const journeyId = await liveJourney(app, waiting);
    const { enrolmentId } = await enterOne(journeyId);
    await moveJourney(app, journeyId, 'pause');
    const path = `${journeyId}/enrolments/${enrolmentId}`;
    expect((await post(`${path}/skip`, { seq: 2, connector: 'happened', reason: 'r' })).status).toBe(409);
    const out = await post(`${path}/withdraw`, { reason: 'complained' });
    expect(out.body).toMatchObject({ status: 'exited', ended: { reason: 'withdrawn_by_staff' } });
    expect((await post(`${path}/withdraw`, { reason: 'again' })).status).toBe(409);
    expect(await actions(enrolmentId)).toEqual([{ action: 'enrolment.withdrawn', reason: 'complained' }]);
  });

  it('needs the permission to write journeys', async () => {
    const journeyId = await liveJourney(app, waiting);
    const { enrolmentId } = await enterOne(journeyId);
    const key = await app.key(['journeys:read']);
    for (const act of ['skip', 'withdraw', 'retry'])
      expect(
        (
          await app.request('POST', `/v1/journeys/${journeyId}/enrolments/${enrolmentId}/${act}`, {
            key,
            ...(act === 'retry' ? {} : { body: { seq: 2, connector: 'happened', reason: 'r' } }),
          })
        ).status,
      ).toBe(403);
  });
});

describe('what is stuck', () => {
  const stuck = async (journeyId: string) => (await get(`${journeyId}/stuck`)).items;

  it('is nobody who waits as long as is due', async () => {
    const journeyId = await liveJourney(app, waiting);
    await enterOne(journeyId);
    expect(await get(`${journeyId}/stuck`)).toEqual({ items: [], more: false });
  });

  it('is an action that failed for good: it is mended and tried again, or skipped', async () => {
    await app.request('POST', '/v1/properties', {
      body: { name: 'lucky', type: 'number', label: 'Lucky', example: 7 },
    });
    const journeyId = await liveJourney(
      app,
      lineOf(API, {
        lucky: { kind: 'change_property', property: 'lucky', value: '{{ state.user_ext_id }}' },
      }),
    );
    const [mended, skipped] = [await enterOne(journeyId), await enterOne(journeyId)];
    const found = await eventually(
      () => stuck(journeyId),
      (items) => items.length === 2,
    );
    expect(found[0]).toMatchObject({
      enrolment: { id: mended.enrolmentId },
      why: 'action_failed',
      attempts: 1,
      connectors: ['next'],
    });
    expect(found[0].lastError).toMatch(/property_mismatch/);
    await app.db.query(
      `update journey_effects set effect = jsonb_set(effect, '{action,value}', '"7"')
       where enrolment_id = $1`,
      [mended.enrolmentId],
    );
    const retried = await post(`${journeyId}/enrolments/${mended.enrolmentId}/retry`);
    expect(retried.status).toBe(200);
    await post(`${journeyId}/enrolments/${skipped.enrolmentId}/skip`, {
      seq: 2,
      connector: 'next',
      reason: 'not worth it',
    });
    await eventually(
      () => one(journeyId, mended.enrolmentId),
      ({ status }) => status === 'completed',
    );
    expect(await one(journeyId, skipped.enrolmentId)).toMatchObject({ status: 'completed' });
    expect(await stuck(journeyId)).toEqual([]);
    expect((await post(`${journeyId}/enrolments/${mended.enrolmentId}/retry`)).status).toBe(409);
  });

  it('is whom time cannot move: once that is mended, a retry does', async () => {
    const journeyId = await liveJourney(app, lineOf(API));
    const { enrolmentId } = await enterOne(journeyId);
    const mend = await poison(
      app.db,
      'journey_steps',
      `new.enrolment_id = '${enrolmentId}' and new.node_id = 'pause'`,
    );
    await app.db.query(
      `update journey_enrolments set wake_at = now() - interval '2 minutes' where enrolment_id = $1`,
      [enrolmentId],
    );
    expect(
      await eventually(
        () => stuck(journeyId),
        (items) => items.length === 1,
      ),
    ).toEqual([expect.objectContaining({ why: 'waking_late', connectors: ['next'], attempts: null })]);
    const retry = () => post(`${journeyId}/enrolments/${enrolmentId}/retry`);
    expect((await retry()).status).toBe(409);
    await mend();
    const retried = await retry();
    // Time may be moving it just now: then there is nothing left to retry.
    expect([200, 409]).toContain(retried.status);
    if (retried.status === 200) expect(retried.body.status).toBe('completed');
    await eventually(
      () => one(journeyId, enrolmentId),
      ({ status }) => status === 'completed',
    );
    expect(await stuck(journeyId)).toEqual([]);
  });

  test('nobody of a paused journey', async () => {
    const journeyId = await liveJourney(app, lineOf(API));
    const { enrolmentId } = await enterOne(journeyId);
    await moveJourney(app, journeyId, 'pause');
    await app.db.query(
      `update journey_enrolments set wake_at = now() - interval '2 minutes' where enrolment_id = $1`,
      [enrolmentId],
    );
    expect(await stuck(journeyId)).toEqual([]);
    expect((await post(`${journeyId}/enrolments/${enrolmentId}/retry`)).status).toBe(409);
  });
});

it('of no journey there is nothing to see', async () => {
  const unknown: Drawing | string = randomUUID();
  for (const path of ['counts', 'report', 'run', 'enrolments', 'stuck'])
    expect((await app.request('GET', `/v1/journeys/${unknown}/${path}`)).status).toBe(404);
});
