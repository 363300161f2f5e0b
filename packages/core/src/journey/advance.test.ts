import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { enrol } from './enrol.ts';
import {
  DAY,
  draw,
  HOUR,
  journeyOf,
  MINUTE,
  message,
  NOON,
  node,
  onEvent,
  SECOND,
} from './testing/drawing.ts';
import { depositAt, eventAt, play, situationAt } from './testing/player.ts';

const shown = eventAt;
const { exit } = node;

describe('the trigger', () => {
  it('is left at the instant of what let the player in', () => {
    const player = play(journeyOf(draw({ exit }, ['start.next > exit'])));
    expect(player.path).toEqual(['start.next > exit', 'exit.- > -']);
    expect(player.enrolment).toMatchObject({
      status: 'completed',
      seq: 2,
      waits: [],
      event: depositAt(NOON),
      events: { start: depositAt(NOON).data },
      end: { at: NOON, nodeId: 'exit', reason: 'exit_reached', connector: null },
    });
    expect(player.steps).toEqual([
      expect.objectContaining({
        enrolmentId: 'e1',
        seq: 1,
        kind: 'trigger',
        began: NOON,
        left: NOON,
        cause: 'node',
      }),
      expect.objectContaining({
        enrolmentId: 'e1',
        seq: 2,
        kind: 'exit',
        began: NOON,
        left: NOON,
        cause: 'node',
      }),
    ]);
  });

  it('is left now by whom an event of the future let in', () => {
    const journey = journeyOf(draw({ d: node.delay, exit }, ['start.next > d', 'd.next > exit']));
    const entrant = { enrolmentId: 'e1', playerId: 'p1', as: 'active', at: NOON + DAY, event: null } as const;
    expect(enrol(journey, entrant, situationAt(NOON)).enrolment).toMatchObject({
      enteredAt: NOON,
      visitBegan: NOON,
    });
  });

  it('is where the control group stays', () => {
    const player = play(journeyOf(draw({ n: node.popup }, ['start.next > n'])), {}, { as: 'control' });
    expect(player.enrolment).toMatchObject({ status: 'control', seq: 1, nodeId: 'start', end: null });
    expect([player.steps, player.effects]).toEqual([[], []]);
  });
});

describe('a person', () => {
  const journey = journeyOf(
    draw({ a: node.webhook, w: node.wait, exit }, ['start.next > a', 'a.success > w', 'w.happened > exit']),
  );
  const skip = (seq: number, connector: string) =>
    ({ kind: 'skip', seq, connector, at: NOON + MINUTE, reason: 'it was done by hand' }) as const;

  it('moves a player on by a connector', () => {
    const player = play(journey).move([skip(2, 'success')], NOON + MINUTE);
    expect(player.steps[1]).toMatchObject({
      connector: 'success',
      cause: 'staff',
      reason: 'it was done by hand',
    });
    expect(player.enrolment).toMatchObject({ nodeId: 'w', visitBegan: NOON + MINUTE });
    player.becomes('success', NOON + HOUR);
    expect(player.ignored.map(({ because }) => because)).toEqual(['not_awaited']);
  });

  it.each([
    ['of a visit that was left', skip(1, 'next'), 'other_visit'],
    ['the node does not have', skip(2, 'clicked'), 'not_awaited'],
  ] as const)('by none %s', (_, input, because) => {
    const player = play(journey).move([input], NOON + MINUTE);
    expect(player.ignored.map((each) => each.because)).toEqual([because]);
    expect(player.enrolment.nodeId).toBe('a');
  });

  it('takes a player out', () => {
    const out = { kind: 'exit', reason: 'withdrawn_by_staff', at: NOON + MINUTE } as const;
    const player = play(journey).move([out, out], NOON + MINUTE);
    expect(player.enrolment).toMatchObject({
      status: 'exited',
      wakeAt: null,
      waits: [],
      end: { at: NOON + MINUTE, nodeId: 'a', reason: 'withdrawn_by_staff', connector: null },
    });
    expect(player.path.at(-1)).toBe('a.- > -');
    expect(player.ignored.map(({ because }) => because)).toEqual(['enrolment_over']);
  });
});

describe('the exit rule', () => {
  it('is asked before each visit', () => {
    const definition = draw({ d: node.delay, n: node.popup }, ['start.next > d', 'd.next > n'], {
      exitWhen: '"vip" in player.segments && now > timestamp("2026-11-23T12:30:00Z")',
    });
    const player = play(journeyOf(definition)).waitUntil(NOON + DAY);
    expect(player.path).toEqual(['start.next > d', 'd.next > -']);
    expect(player.effects).toEqual([]);
    expect(player.enrolment).toMatchObject({
      status: 'exited',
      end: { reason: 'exit_rule', at: NOON + HOUR },
    });
  });
});

describe('the goal', () => {
  const aiming = (exitOnGoal: boolean, filter: string | null = null) =>
    journeyOf(
      draw(
        { w: { ...node.wait, event: onEvent('deposit.succeeded') }, d: node.delay, exit },
        ['start.next > w', 'w.happened > d', 'd.next > exit'],
        {
          goal: { event: onEvent('deposit.succeeded', filter), withinMs: DAY, exitOnGoal },
        },
      ),
    );

  it('is reached once, and goes on to what waits for the same event', () => {
    const player = play(aiming(false)).happens(depositAt(NOON + 1));
    expect(player.enrolment).toMatchObject({
      convertedAt: NOON + 1,
      nodeId: 'd',
      goalUntil: null,
      waits: [],
    });
    expect(player.happens(depositAt(NOON + 2)).enrolment.convertedAt).toBe(NOON + 1);
  });

  it('may be the end', () => {
    const player = play(aiming(true)).happens(depositAt(NOON + 1));
    expect(player.path.at(-1)).toBe('w.- > -');
    expect(player.enrolment).toMatchObject({
      status: 'exited',
      convertedAt: NOON + 1,
      end: { reason: 'goal_reached' },
    });
  });

  it('counts after the end too, until its window closes', () => {
    const over = () =>
      play(aiming(false, 'event.amount > 9000'))
        .happens(depositAt(NOON + 1))
        .waitUntil(NOON + 2 * HOUR);
    expect(over().enrolment).toMatchObject({
      status: 'completed',
      convertedAt: null,
      waits: ['event:deposit.succeeded'],
    });
    expect(over().happens(depositAt(NOON + DAY - 1, 10_000)).enrolment).toMatchObject({
      status: 'completed',
      convertedAt: NOON + DAY - 1,
      waits: [],
    });
    expect(over().happens(depositAt(NOON + DAY, 10_000)).enrolment.convertedAt).toBeNull();
    expect(over().happens(depositAt(NOON + 3 * HOUR, 9_000)).enrolment.convertedAt).toBeNull();
  });

  it('is looked for once, also where a wait looks for the same event', () => {
    expect(play(aiming(false)).enrolment.waits).toEqual(['event:deposit.succeeded']);
  });

  it('is not reached by what let the player in', () => {
    expect(play(aiming(false)).happens(depositAt(NOON)).enrolment.convertedAt).toBeNull();
  });

  it('does not count what came before', () => {
    expect(play(aiming(false)).happens(depositAt(NOON - 1), NOON).enrolment.convertedAt).toBeNull();
  });

  it('counts for the control group as well', () => {
    const player = play(aiming(true), {}, { as: 'control' });
    expect(player.enrolment.waits).toEqual(['event:deposit.succeeded']);
    expect(player.happens(depositAt(NOON + 1)).enrolment).toMatchObject({
      status: 'control',
      convertedAt: NOON + 1,
    });
  });
});

describe('inputs that are looked at together', () => {
  const journey = journeyOf(
    draw({ n: node.popup, w: node.wait, h: node.webhook, exit }, [
      'start.next > n',
      'n.impression > w',
      'w.happened > h',
      'w.timed_out > exit',
      'h.success > exit',
    ]),
  );
  const seen = { kind: 'outcome', seq: 2, outcome: 'impression', at: NOON + SECOND } as const;
  const action = { kind: 'event', event: shown(NOON + SECOND) } as const;
  const later = { kind: 'event', event: shown(NOON + MINUTE) } as const;

  it('are taken by their own times', () => {
    expect(play(journey).move([later, seen], NOON + HOUR).enrolment).toMatchObject({
      nodeId: 'h',
      visitBegan: NOON + MINUTE,
    });
  });

  it('are taken in their order when their times are equal', () => {
    expect(play(journey).move([seen, action], NOON + HOUR).enrolment.nodeId).toBe('h');
    expect(play(journey).move([action, seen], NOON + HOUR).enrolment.nodeId).toBe('w');
  });

  it('beat a deadline after them, and are beaten by one before', () => {
    const past = NOON + 2 * HOUR;
    expect(play(journey).move([seen, later], past).path[2]).toBe('w.happened > h');
    const tooLate = { kind: 'event', event: shown(NOON + SECOND + HOUR) } as const;
    expect(play(journey).move([seen, tooLate], past).path[2]).toBe('w.timed_out > exit');
  });
});

describe('a pause', () => {
  const journey = journeyOf(
    draw({ n: node.popup, w: node.wait, d: node.delay, e: message('email'), x: exit, exit }, [
      'start.next > n',
      'n.impression > w',
      'w.happened > d',
      'w.timed_out > x',
      'd.next > e',
      'e.expired > exit',
    ]),
  );
  const held = { from: NOON + MINUTE, until: NOON + 30 * DAY };
  const seen = (at: number) => ({ kind: 'outcome', seq: 2, outcome: 'impression', at }) as const;
  const action = (at: number) => ({ kind: 'event', event: shown(at) }) as const;

  it('keeps what came in it, in its order, for the instant it ends', () => {
    const during = NOON + DAY;
    const player = play(journey).move([seen(during), action(during)], held.until + SECOND, { held });
    expect(player.steps.slice(1).map(({ connector, left }) => [connector, left])).toEqual([
      ['impression', held.until],
      ['happened', held.until],
    ]);
    expect(player.enrolment).toMatchObject({ nodeId: 'd', wakeAt: held.until + HOUR });
  });

  it('does what was due in it when it ends, and counts on from there', () => {
    const player = play(journey).move([seen(NOON + SECOND), action(NOON + SECOND)], NOON + SECOND);
    player.move([], held.until + SECOND, { held });
    expect(player.steps.at(-1)).toMatchObject({ nodeId: 'd', left: held.until });
    expect(player.effects.at(-1)).toMatchObject({
      channel: 'email',
      at: held.until,
      expiresAt: held.until + 7 * DAY,
    });
  });

  it('changes nothing about which of two came first', () => {
    const waiting = () => play(journey).move([seen(NOON + SECOND)], NOON + SECOND);
    const timesOut = NOON + SECOND + HOUR;
    expect(waiting().move([action(timesOut - 1)], held.until, { held }).path[2]).toBe('w.happened > d');
    expect(waiting().move([action(timesOut)], held.until, { held }).path[2]).toBe('w.timed_out > x');
  });

  it('does not move what came before it', () => {
    const player = play(journey).move([seen(NOON + SECOND), action(NOON + SECOND)], held.until, { held });
    expect(player.steps.slice(1, 3).map(({ left }) => left)).toEqual([NOON + SECOND, NOON + SECOND]);
  });
});

describe('too much at once', () => {
  const loop = journeyOf(
    draw(
      {
        d: { ...node.delay, delay: { forMs: MINUTE } },
        c: { ...node.condition, rule: 'player.country == "GB"' },
        w: node.wait,
        exit,
      },
      ['start.next > d', 'd.next > c', 'c.no > d', 'c.yes > w', 'w.happened > exit'],
    ),
  );

  it('is left for the next call', () => {
    const player = play(loop).waitUntil(NOON + 75 * MINUTE);
    expect(player.enrolment.wakeAt).toBeLessThan(NOON + 75 * MINUTE);
    player.waitUntil(NOON + 75 * MINUTE).waitUntil(NOON + 75 * MINUTE);
    expect(player.enrolment).toMatchObject({ status: 'active', nodeId: 'd', wakeAt: NOON + 76 * MINUTE });
    expect(player.steps.map(({ seq }) => seq)).toEqual(player.steps.map((_, n) => n + 1));
  });

  it('goes before what came after it', () => {
    const player = play(loop).happens(shown(NOON + DAY));
    expect(player.ignored.map(({ because }) => because)).toEqual(['behind']);
  });

  it('that takes no time at all is a failure, and said so', () => {
    const compiled = journeyOf(
      draw({ c: node.condition, d: node.condition, exit }, ['start.next > c', 'c.yes > d', 'd.no > exit']),
    );
    const [c, d] = [compiled.activities.get('c')!, compiled.activities.get('d')!];
    const activities = new Map(compiled.activities)
      .set('d', { ...d, exits: new Map([['yes', 'c']]) })
      .set('c', c);
    const player = play({ ...compiled, activities });
    expect(player.enrolment).toMatchObject({ status: 'failed', end: { reason: 'too_many_visits' } });
    expect(player.steps).toHaveLength(101);
  });
});

describe('an enrolment of another version', () => {
  it('is a mistake of the caller', () => {
    const player = play(journeyOf(draw({ w: node.wait, exit }, ['start.next > w', 'w.happened > exit'])));
    const other = journeyOf(draw({ exit }, ['start.next > exit']));
    expect(() => advance(other, player.enrolment, [], situationAt(NOON))).toThrow('has no node w');
  });
});
