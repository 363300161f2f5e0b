import { randomUUID } from 'node:crypto';
import { bucketOf } from '@promosmith/core/journey';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  aName,
  become,
  draw,
  enrolmentsOf,
  eventsOf,
  exit,
  HOUR,
  live,
  onEvent,
  pathOf,
  published,
  register,
  request,
  tell,
  wait,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  // Without background work time passes when a test says so.
  app = await startTestApp({ config: { backgroundWork: false } });
  await register(app, ['custom.come', 'custom.go', 'custom.goal', 'custom.x', 'custom.a', 'custom.b']);
});
afterAll(() => app.close());

const only = async (journeyId: string, player: string): Promise<string> => {
  const [id, ...more] = await enrolmentsOf(app, journeyId, player);
  expect(more).toEqual([]);
  return id ?? '';
};

describe('who enters', () => {
  const welcome = (settings = {}) =>
    draw(
      { start: onEvent('custom.come'), w: wait('custom.go'), exit },
      ['start.next > w', 'w.happened > exit'],
      settings,
    );

  it('comes by the event, and is told of', async () => {
    const journey = await live(app, welcome());
    const player = aName();
    await tell(app, player, 'custom.come');
    const enrolment = await only(journey, player);
    expect(await pathOf(app, enrolment)).toEqual(['start.next', '@w']);
    expect(await eventsOf(app, enrolment)).toEqual(['journey.enrolled']);
    await tell(app, player, 'custom.go');
    expect(await pathOf(app, enrolment)).toEqual([
      'start.next',
      'w.happened',
      'exit.-',
      'completed:exit_reached',
    ]);
    expect(await eventsOf(app, enrolment)).toEqual(['journey.enrolled', 'journey.completed exit_reached']);
  });

  test.each([
    ['once', { rule: 'once' }, 1],
    ['whenever outside', { rule: 'whenever_outside' }, 2],
    ['once per month', { rule: 'once_per_period', period: 'month' }, 1],
  ])('%s', async (_, entry, times) => {
    const journey = await live(app, welcome({ entry }));
    const player = aName();
    for (const type of ['custom.come', 'custom.come', 'custom.go', 'custom.come'])
      await tell(app, player, type);
    expect(await enrolmentsOf(app, journey, player)).toHaveLength(times);
  });

  it('does not leave and enter by the same event', async () => {
    const journey = await live(
      app,
      draw(
        { start: onEvent('custom.x'), w: wait('custom.x'), exit },
        ['start.next > w', 'w.happened > exit'],
        {
          entry: { rule: 'whenever_outside' },
        },
      ),
    );
    const player = aName();
    await tell(app, player, 'custom.x');
    const enrolment = await only(journey, player);
    expect(await pathOf(app, enrolment)).toEqual(['start.next', '@w']);
    await tell(app, player, 'custom.x');
    expect(await only(journey, player)).toBe(enrolment);
    expect((await pathOf(app, enrolment)).at(-1)).toBe('completed:exit_reached');
  });

  it('is nobody before the journey is active, while it is paused, or once it is archived', async () => {
    const journey = await published(
      app,
      draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit']),
    );
    const ask = async () => (await request(app, journey, [{ id: randomUUID(), player: aName() }]))[0];
    expect(await ask()).toMatchObject({ status: 'refused', key: 'journey_not_active' });
    await become(app, journey, 'activate');
    expect(await ask()).toMatchObject({ status: 'entered' });
    await become(app, journey, 'pause');
    expect(await ask()).toMatchObject({ status: 'refused', key: 'journey_not_active' });
    await become(app, journey, 'archive');
    expect(await ask()).toMatchObject({ status: 'refused', key: 'journey_not_active' });
  });

  it('is answered for alone, and the same when asked again', async () => {
    const journey = await live(
      app,
      draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit']),
    );
    const [player, other] = [aName(), aName()];
    const entries = [
      { id: 'a', player, data: { amount: 5 } },
      { id: 'b', player },
      { id: 'a', player: other },
    ];
    const results = await request(app, journey, entries);
    expect(results).toMatchObject([
      { status: 'entered', id: 'a', repeated: false },
      { status: 'refused', id: 'b', key: 'entered_before' },
      { status: 'entered', id: 'a', repeated: false },
    ]);
    expect(await request(app, journey, entries)).toMatchObject([
      { status: 'entered', enrolmentId: results[0].enrolmentId, repeated: true },
      { status: 'refused', key: 'inside_already' },
      { status: 'entered', enrolmentId: results[2].enrolmentId, repeated: true },
    ]);
  });

  it('enters by the API only where the trigger is the API, and in its own brand', async () => {
    const journey = await live(app, welcome());
    const path = `/v1/journeys/${journey}/enrolments`;
    const body = { entries: [{ id: 'a', player: aName() }] };
    expect((await app.request('POST', path, { body })).status).toBe(409);
    const { ownerKey } = await app.anotherBrand();
    expect((await app.request('POST', path, { body, key: ownerKey })).status).toBe(404);
  });

  it('is no excluded player', async () => {
    const journey = await live(
      app,
      draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit']),
    );
    const player = aName();
    await tell(app, player, 'player.self_excluded', { data: { until: null } });
    expect(await request(app, journey, [{ id: 'a', player }])).toMatchObject([{ key: 'self_excluded' }]);
  });

  it('is recorded, and never walks, in the control group', async () => {
    const journey = await live(
      app,
      draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit'], {
        controlBps: 5_000,
        goal: { event: { source: 'event', name: 'custom.goal' }, withinMs: HOUR, exitOnGoal: false },
      }),
    );
    const isControl = (name: string) => bucketOf(journey, '', playerId(app.brand.brandId, name)) < 5_000;
    const names = Array.from({ length: 50 }, aName);
    const results = await request(
      app,
      journey,
      names.map((player, n) => ({ id: String(n), player })),
    );
    expect(results.map(({ status }: { status: string }) => status)).toEqual(
      names.map((name) => (isControl(name) ? 'control' : 'entered')),
    );
    const place = names.findIndex(isControl);
    const [player, result] = [names[place] ?? '', results[place]];
    await tell(app, player, 'custom.goal');
    const { rows } = await app.db.query(
      `select status, node_id, converted_at is not null as converted from journey_enrolments where enrolment_id = $1`,
      [result.enrolmentId],
    );
    expect(rows).toEqual([{ status: 'control', node_id: 'start', converted: true }]);
  });
});
