import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  aName,
  become,
  delay,
  draw,
  eventsOf,
  exit,
  HOUR,
  letIn,
  live,
  pass,
  pathOf,
  register,
  SECOND,
  tell,
  tick,
  wait,
} from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  // Without background work time passes when a test says so.
  app = await startTestApp({ config: { backgroundWork: false } });
  await register(app, ['custom.come', 'custom.go', 'custom.goal', 'custom.x', 'custom.a', 'custom.b']);
});
afterAll(() => app.close());

describe('time', () => {
  const slow = draw({ d: delay(HOUR), w: wait('custom.go', HOUR), late: exit, exit }, [
    'start.next > d',
    'd.next > w',
    'w.happened > exit',
    'w.timed_out > late',
  ]);

  it('moves who has waited long enough, from the instant the visit began', async () => {
    const journey = await live(app, slow);
    const enrolment = await letIn(app, journey);
    expect(await tick(app, [enrolment])).toBe(0);
    await pass(app, enrolment, 1.5 * HOUR);
    expect(await tick(app, [enrolment])).toBe(1);
    expect(await pathOf(app, enrolment)).toEqual(['start.next', 'd.next', '@w']);
    // The wait began when the delay was over, half an hour ago.
    await pass(app, enrolment, HOUR / 2);
    await tick(app, [enrolment]);
    expect((await pathOf(app, enrolment)).slice(2)).toEqual([
      'w.timed_out',
      'late.-',
      'completed:exit_reached',
    ]);
  });

  it('that nobody has looked at yet has passed for who hears of an event', async () => {
    const journey = await live(app, slow);
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, 1.5 * HOUR);
    await tell(app, player, 'custom.go');
    expect((await pathOf(app, enrolment)).slice(1)).toEqual([
      'd.next',
      'w.happened',
      'exit.-',
      'completed:exit_reached',
    ]);
  });

  it('lets an event of before the deadline win, however late it is told', async () => {
    const journey = await live(
      app,
      draw({ w: wait('custom.go', HOUR), exit }, ['start.next > w', 'w.happened > exit']),
    );
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, HOUR + 60 * SECOND);
    await tell(app, player, 'custom.go', { at: new Date(Date.now() - 120 * SECOND).toISOString() });
    expect((await pathOf(app, enrolment)).slice(1)).toEqual([
      'w.happened',
      'exit.-',
      'completed:exit_reached',
    ]);
  });

  it('is caught up with, however much there is of it', async () => {
    const journey = await live(
      app,
      draw({ d: delay(SECOND), again: { kind: 'condition', rule: 'player.vip_level > 1' } }, [
        'start.next > d',
        'd.next > again',
        'again.no > d',
      ]),
    );
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, 150 * SECOND);
    let ticks = 0;
    while ((await tick(app, [enrolment])) === 1) ticks++;
    expect(ticks).toBeGreaterThan(1);
    const steps = (await pathOf(app, enrolment)).filter((step) => step === 'd.next');
    expect(steps.length).toBeGreaterThanOrEqual(150);
    expect((await pathOf(app, enrolment)).at(-1)).toBe('@d');
  });

  it('that is too much for one look keeps what happened after it', async () => {
    const journey = await live(
      app,
      draw(
        {
          d: delay(SECOND),
          again: { kind: 'condition', rule: 'player.vip_level > 1' },
          exit,
        },
        ['start.next > d', 'd.next > again', 'again.no > d', 'again.yes > exit'],
        { goal: { event: { source: 'event', name: 'custom.goal' }, withinMs: HOUR, exitOnGoal: true } },
      ),
    );
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, 150 * SECOND);
    await tell(app, player, 'custom.goal');
    expect((await pathOf(app, enrolment)).at(-1)).toBe('@d');
    await tick(app, [enrolment]);
    await tick(app, [enrolment]);
    expect((await pathOf(app, enrolment)).at(-1)).toBe('exited:goal_reached');
    const { rows } = await app.db.query('select from journey_kept_inputs where enrolment_id = $1', [
      enrolment,
    ]);
    expect(rows).toEqual([]);
  });
});

describe('a pause', () => {
  /** Who resumes a journey has the clock look at it at once. */
  const settled = (enrolment: string) =>
    expect.poll(async () => (await pathOf(app, enrolment)).at(-1)).toMatch(/^completed/);

  const paused = async (player: string) => {
    const journey = await live(
      app,
      draw({ a: wait('custom.a'), b: wait('custom.b', HOUR), exit, late: exit }, [
        'start.next > a',
        'a.happened > b',
        'b.happened > exit',
        'b.timed_out > late',
      ]),
    );
    const enrolment = await letIn(app, journey, player);
    await become(app, journey, 'pause');
    return { journey, enrolment };
  };

  it('keeps what happens, and does it in its order once it is over', async () => {
    const player = aName();
    const { journey, enrolment } = await paused(player);
    await tell(app, player, 'custom.a');
    await tell(app, player, 'custom.b');
    expect(await pathOf(app, enrolment)).toEqual(['start.next', '@a']);
    expect(await tick(app, [enrolment])).toBe(1);
    expect(await pathOf(app, enrolment)).toEqual(['start.next', '@a']);
    await become(app, journey, 'resume');
    await settled(enrolment);
    expect((await pathOf(app, enrolment)).slice(1)).toEqual([
      'a.happened',
      'b.happened',
      'exit.-',
      'completed:exit_reached',
    ]);
    expect(await eventsOf(app, enrolment)).toEqual(['journey.enrolled', 'journey.completed exit_reached']);
  });

  it('lets nothing that comes after it overtake what was kept', async () => {
    const player = aName();
    const { journey, enrolment } = await paused(player);
    await tell(app, player, 'custom.a');
    await become(app, journey, 'resume');
    await tell(app, player, 'custom.b');
    expect((await pathOf(app, enrolment)).slice(1)).toEqual([
      'a.happened',
      'b.happened',
      'exit.-',
      'completed:exit_reached',
    ]);
  });

  it('stops the clock: what was due in it is done at its end', async () => {
    const player = aName();
    const { journey, enrolment } = await paused(player);
    await become(app, journey, 'resume');
    await tell(app, player, 'custom.a');
    await become(app, journey, 'pause');
    // The time-out falls into the pause.
    await app.db.query(
      `update journey_enrolments set visit_began = now() - interval '1 hour', wake_at = now() where enrolment_id = $1`,
      [enrolment],
    );
    await tick(app, [enrolment]);
    expect((await pathOf(app, enrolment)).at(-1)).toBe('@b');
    await tell(app, player, 'custom.b');
    await become(app, journey, 'resume');
    await settled(enrolment);
    const { rows } = await app.db.query<{ late: boolean }>(
      `select s.left_at = date_trunc('milliseconds', j.resumed_at) as late from journey_steps as s, journeys as j
       where s.enrolment_id = $1 and s.node_id = 'b' and j.journey_id = $2`,
      [enrolment, journey],
    );
    expect(rows).toEqual([{ late: true }]);
  });

  it('keeps nobody inside who is excluded', async () => {
    const player = aName();
    const { enrolment } = await paused(player);
    await tell(app, player, 'custom.a');
    await tell(app, player, 'player.self_excluded', { data: { until: null } });
    expect(await pathOf(app, enrolment)).toEqual(['start.next', 'a.-', 'exited:player_excluded']);
    expect(await eventsOf(app, enrolment)).toEqual(['journey.enrolled', 'journey.exited player_excluded']);
  });
});

describe('being taken out', () => {
  it.each(['event', 'person'])('is at once for who is excluded by %s', async (by) => {
    const journey = await live(app, draw({ d: delay(HOUR), exit }, ['start.next > d', 'd.next > exit']));
    const player = aName();
    await app.request('PUT', `/v1/players/${player}`, { body: {} });
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, 2 * HOUR);
    if (by === 'event') await tell(app, player, 'player.self_excluded', { data: { until: null } });
    else
      await app.request('POST', `/v1/players/${player}/self-exclusion`, {
        body: { excluded: true, reason: 'asked for it' },
      });
    expect(await pathOf(app, enrolment)).toEqual(['start.next', 'd.-', 'exited:player_excluded']);
  });

  it('happens to who is still inside an archived journey with whatever comes next', async () => {
    const journey = await live(
      app,
      draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit']),
    );
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await app.db.query(`update journeys set status = 'archived' where journey_id = $1`, [journey]);
    await tell(app, player, 'custom.go');
    expect(await pathOf(app, enrolment)).toEqual(['start.next', 'w.-', 'exited:journey_archived']);
  });
});

describe('the goal', () => {
  const withGoal = (exitOnGoal: boolean) =>
    draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit'], {
      goal: { event: { source: 'event', name: 'custom.goal' }, withinMs: HOUR, exitOnGoal },
    });
  const converted = async (enrolment: string) =>
    (
      await app.db.query<{ at: Date | null; until: Date | null }>(
        'select converted_at as at, goal_until as until from journey_enrolments where enrolment_id = $1',
        [enrolment],
      )
    ).rows[0];

  it('is reached once, also after the journey is over', async () => {
    const journey = await live(app, withGoal(false));
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await tell(app, player, 'custom.go');
    await tell(app, player, 'custom.goal');
    const first = await converted(enrolment);
    expect(first).toMatchObject({ at: expect.any(Date), until: null });
    await tell(app, player, 'custom.goal');
    expect(await converted(enrolment)).toEqual(first);
  });

  it('may take the player out', async () => {
    const journey = await live(app, withGoal(true));
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await tell(app, player, 'custom.goal');
    expect((await pathOf(app, enrolment)).at(-1)).toBe('exited:goal_reached');
  });

  it('is not reached by what comes too late', async () => {
    const journey = await live(app, withGoal(false));
    const player = aName();
    const enrolment = await letIn(app, journey, player);
    await pass(app, enrolment, HOUR + SECOND);
    await tell(app, player, 'custom.goal');
    expect((await converted(enrolment))?.at).toBeNull();
  });
});

describe('a version that this release can not walk', () => {
  it('keeps what happens for one that can, and nobody else from being moved', async () => {
    const definition = draw({ w: wait('custom.go'), exit }, ['start.next > w', 'w.happened > exit']);
    const [broken, sound] = [await live(app, definition), await live(app, definition)];
    const player = aName();
    const [stuck, moving] = [await letIn(app, broken, player), await letIn(app, sound, player)];
    await app.db.query(
      `update journey_versions set definition = jsonb_set(definition::jsonb, '{nodes}', '{}'), version = 7 where journey_id = $1`,
      [broken],
    );
    await app.db.query(`update journey_enrolments set version = 7 where enrolment_id = $1`, [stuck]);
    await app.db.query(`update journeys set version = 7 where journey_id = $1`, [broken]);
    await tell(app, player, 'custom.go');
    expect((await pathOf(app, moving)).at(-1)).toBe('completed:exit_reached');
    const { rows } = await app.db.query('select input from journey_kept_inputs where player_id = $1', [
      playerId(app.brand.brandId, player),
    ]);
    expect(rows).toMatchObject([{ input: { kind: 'event', event: { name: 'custom.go' } } }]);
  });
});
