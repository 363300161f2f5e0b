import { describe, expect, it } from 'vitest';
import type { JourneyNode } from './graph.ts';
import { type MigrationTargets, migrate, planMigration } from './migrate.ts';
import {
  DAY,
  draw,
  HOUR,
  journeyOf,
  MINUTE,
  message,
  NOON,
  node,
  onAction,
  onEvent,
} from './testing/drawing.ts';
import { depositAt, eventAt, play, situationAt } from './testing/player.ts';

const { exit } = node;

/** A journey of one node between the trigger and the exit. */
const around = (id: string, only: JourneyNode, connector: string) =>
  journeyOf(draw({ [id]: only, exit }, [`start.next > ${id}`, `${id}.${connector} > exit`]));

const delayOf = (forMs: number) => around('n', { ...node.delay, delay: { forMs } }, 'next');
const waitOf = (timeoutMs: number | null, name = 'CODE_IS_SHOWN') =>
  around('n', { ...node.wait, event: onAction(name), timeoutMs }, 'happened');
const popup = around('n', node.popup, 'clicked');
const later = NOON + 10 * MINUTE;

const moved = (
  from: Parameters<typeof migrate>[0],
  to: Parameters<typeof migrate>[1],
  targets: MigrationTargets = {},
  now = later,
) => migrate(from, to, play(from).enrolment, targets, situationAt(now));

describe('the plan of a move', () => {
  const from = journeyOf(
    draw(
      { kept: node.popup, changed: node.delay, gone: node.wait, lost: node.webhook, c: node.condition, exit },
      [
        'start.next > kept',
        'kept.clicked > changed',
        'changed.next > gone',
        'gone.happened > lost',
        'lost.success > c',
        'c.yes > exit',
      ],
    ),
  );
  const to = journeyOf(
    draw({ kept: node.popup, changed: node.wait, fresh: node.email, exit }, [
      'start.next > kept',
      'kept.clicked > changed',
      'changed.happened > fresh',
      'fresh.clicked > exit',
    ]),
  );

  it('says who stays, and who needs a place to go', () => {
    expect(planMigration(from, to, {})).toEqual([
      { nodeId: 'kept', what: 'stays' },
      { nodeId: 'changed', what: 'needs_target', because: 'kind_changed' },
      { nodeId: 'gone', what: 'needs_target', because: 'removed' },
      { nodeId: 'lost', what: 'needs_target', because: 'removed' },
    ]);
  });

  it('says where they go', () => {
    expect(
      planMigration(from, to, { kept: 'fresh', changed: 'fresh', gone: 'exit', lost: 'nowhere' }),
    ).toEqual([
      { nodeId: 'kept', what: 'stays' },
      { nodeId: 'changed', what: 'moves', to: 'fresh' },
      { nodeId: 'gone', what: 'exits' },
      { nodeId: 'lost', what: 'bad_target', to: 'nowhere' },
    ]);
    expect(planMigration(from, to, { gone: 'start' })[2]).toEqual({
      nodeId: 'gone',
      what: 'bad_target',
      to: 'start',
    });
  });
});

describe('who stays', () => {
  it('keeps the visit, its number and the instant it began at', () => {
    const { enrolment, steps, effects } = moved(popup, popup);
    expect(enrolment).toEqual(play(popup).enrolment);
    expect([steps, effects]).toEqual([[], []]);
  });

  it('keeps the time a message was handed over with', () => {
    const shorter = around('n', message('popup', { expiresAfterMs: MINUTE }), 'clicked');
    expect(moved(popup, shorter).enrolment.wakeAt).toBe(NOON + 7 * DAY);
  });

  it.each([
    ['a longer delay', delayOf(HOUR), delayOf(DAY), NOON + DAY],
    ['a shorter delay', delayOf(DAY), delayOf(HOUR), NOON + HOUR],
    ['a delay that would have been over', delayOf(DAY), delayOf(MINUTE), later],
    ['a longer time-out', waitOf(HOUR), waitOf(DAY), NOON + DAY],
    ['a time-out that would have been over', waitOf(HOUR), waitOf(MINUTE), later],
    ['no time-out any more', waitOf(HOUR), waitOf(null), null],
    ['a time-out where there was none', waitOf(null), waitOf(HOUR), NOON + HOUR],
  ])('gets %s, counted from then', (_, from, to, wakeAt) => {
    expect(moved(from, to).enrolment).toMatchObject({ nodeId: 'n', seq: 2, visitBegan: NOON, wakeAt });
  });

  it('waits for the new event', () => {
    const other = around('n', { ...node.wait, event: onEvent('login') }, 'happened');
    const { enrolment } = moved(waitOf(HOUR), other);
    expect(enrolment.waits).toEqual(['event:login']);
  });

  it('goes on by the new edges', () => {
    const to = journeyOf(
      draw({ n: node.popup, d: node.delay, exit }, ['start.next > n', 'n.clicked > d', 'd.next > exit']),
    );
    const clicked = { kind: 'outcome', seq: 2, outcome: 'clicked', at: later } as const;
    const { enrolment } = moved(popup, to);
    expect(play(to).move([clicked], later).enrolment).toMatchObject({ nodeId: 'd' });
    expect(enrolment.nodeId).toBe('n');
  });
});

describe('who moves', () => {
  it('leaves the visit by no edge, and begins one at the target', () => {
    const to = around('mail', node.email, 'clicked');
    const { enrolment, steps, effects } = moved(popup, to, { n: 'mail' });
    expect(steps).toMatchObject([
      { seq: 2, nodeId: 'n', left: later, cause: 'migration', connector: null, toNodeId: 'mail' },
    ]);
    expect(enrolment).toMatchObject({ nodeId: 'mail', seq: 3, visitBegan: later, wakeAt: later + 7 * DAY });
    expect(effects).toMatchObject([{ key: 'e1:3', channel: 'email' }]);
  });

  it('goes on where the target takes no time', () => {
    const to = journeyOf(
      draw({ c: node.condition, d: node.delay, exit }, ['start.next > c', 'c.yes > d', 'd.next > exit']),
    );
    const { enrolment, steps } = moved(popup, to, { n: 'c' });
    expect(enrolment).toMatchObject({ nodeId: 'd', seq: 4 });
    expect(steps.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('is out when there is nowhere to go', () => {
    const { enrolment } = moved(popup, delayOf(HOUR), { n: 'exit' });
    expect(enrolment).toMatchObject({
      status: 'exited',
      end: { at: later, nodeId: 'n', reason: 'migrated' },
    });
  });

  it('is not moved without a target', () => {
    expect(() => moved(popup, delayOf(HOUR))).toThrow('n is not in the new version');
  });
});

describe('the goal', () => {
  const aiming = (withinMs: number) =>
    journeyOf(
      draw({ n: node.popup, exit }, ['start.next > n', 'n.clicked > exit'], {
        goal: { event: onEvent('deposit.succeeded'), withinMs, exitOnGoal: false },
      }),
    );

  it('is the new one, counted from entry', () => {
    expect(moved(popup, aiming(HOUR)).enrolment).toMatchObject({
      goalUntil: NOON + HOUR,
      waits: ['event:deposit.succeeded'],
    });
    expect(moved(aiming(HOUR), popup).enrolment).toMatchObject({ goalUntil: null, waits: [] });
    expect(moved(aiming(HOUR), aiming(MINUTE)).enrolment.goalUntil).toBeNull();
  });

  it('is not reached again', () => {
    const player = play(aiming(HOUR)).happens(depositAt(NOON + 1));
    const { enrolment } = migrate(aiming(HOUR), aiming(DAY), player.enrolment, {}, situationAt(later));
    expect(enrolment).toMatchObject({ convertedAt: NOON + 1, goalUntil: null });
  });
});

it('leaves enrolments that are over as they are', () => {
  const from = waitOf(HOUR);
  const { enrolment } = play(from).happens(eventAt(NOON));
  expect(migrate(from, popup, enrolment, {}, situationAt(later))).toEqual({
    enrolment,
    steps: [],
    effects: [],
    ignored: [],
  });
});
