import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { MESSAGE_KINDS } from './graph.ts';
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

  it('is where the control group stays', () => {
    const player = play(journeyOf(draw({ n: node.popup }, ['start.next > n'])), {}, { as: 'control' });
    expect(player.enrolment).toMatchObject({ status: 'control', seq: 1, nodeId: 'start', end: null });
    expect([player.steps, player.effects]).toEqual([[], []]);
  });
});

describe('a message', () => {
  const outcomes = ['impression', 'clicked', 'dismissed', 'failed', 'suppressed', 'expired'] as const;
  const all = outcomes.map((outcome) => `n.${outcome} > ${outcome}`);
  const exits = Object.fromEntries(outcomes.map((outcome) => [outcome, exit]));
  const withOnly = (...connected: string[]) =>
    journeyOf(
      draw({ n: message('email'), ...Object.fromEntries(connected.map((id) => [id, exit])) }, [
        'start.next > n',
        ...connected.map((outcome) => `n.${outcome} > ${outcome}`),
      ]),
    );

  it.each(MESSAGE_KINDS)('by %s is handed over with the key of the visit', (kind) => {
    const definition = draw({ n: message(kind, { expiresAfterMs: HOUR }), ...exits }, [
      'start.next > n',
      ...all,
    ]);
    const player = play(journeyOf(definition));
    expect(player.effects).toEqual([
      {
        kind: 'message',
        channel: kind,
        contentId: 'content',
        key: 'e1:2',
        enrolmentId: 'e1',
        seq: 2,
        playerId: 'p1',
        nodeId: 'n',
        at: NOON,
        expiresAt: NOON + HOUR,
        event: depositAt(NOON),
        events: { start: depositAt(NOON).data },
      },
    ]);
    expect(player.enrolment).toMatchObject({ waitingFor: 'outcome', wakeAt: NOON + HOUR, waits: [] });
  });

  it.each(outcomes)('is left by %s when that comes first', (outcome) => {
    const player = play(journeyOf(draw({ n: node.popup, ...exits }, ['start.next > n', ...all])));
    player.becomes(outcome, NOON + SECOND, { reason: 'because' });
    expect(player.path).toEqual(['start.next > n', `n.${outcome} > ${outcome}`, `${outcome}.- > -`]);
    expect(player.steps[1]).toMatchObject({ left: NOON + SECOND, reason: 'because' });
  });

  it.each(outcomes.filter((outcome) => outcome !== 'impression'))(
    'that nothing follows the end of is the end: %s',
    (outcome) => {
      const other = outcome === 'failed' ? 'expired' : 'failed';
      const player = play(withOnly(other)).becomes(outcome, NOON + SECOND, { reason: 'because' });
      expect(player.enrolment).toMatchObject({
        status: 'completed',
        end: { at: NOON + SECOND, nodeId: 'n', reason: 'path_ended', connector: outcome },
      });
      expect(player.path.at(-1)).toBe(`n.${outcome} > -`);
    },
  );

  it('that was seen may still be clicked, where only that is connected', () => {
    const player = play(withOnly('clicked')).becomes('impression', NOON + SECOND);
    expect(player.ignored.map(({ because }) => because)).toEqual(['noted']);
    player.becomes('impression', NOON + MINUTE).becomes('clicked', NOON + HOUR);
    expect(player.steps[1]).toMatchObject({
      connector: 'clicked',
      shownAt: NOON + SECOND,
      left: NOON + HOUR,
    });
  });

  it.each(['clicked', 'dismissed'] as const)('that was %s was seen', (outcome) => {
    const player = play(withOnly('impression')).becomes(outcome, NOON + SECOND);
    expect(player.path[1]).toBe('n.impression > impression');
  });

  it.each(['failed', 'suppressed', 'expired'] as const)('that has %s was not', (outcome) => {
    expect(play(withOnly('impression')).becomes(outcome, NOON + SECOND).path[1]).toBe(`n.${outcome} > -`);
  });

  it('nothing depends on is the end once it is handed over', () => {
    const player = play(withOnly());
    expect(player.effects).toHaveLength(1);
    expect(player.enrolment.end).toEqual({ at: NOON, nodeId: 'n', reason: 'handed_over', connector: null });
    player.becomes('clicked', NOON + SECOND);
    expect(player.ignored.map(({ because }) => because)).toEqual(['enrolment_over']);
  });

  it('expires seven days after it was due, when nothing else was said', () => {
    const player = play(withOnly('expired')).waitUntil(NOON + 7 * DAY - 1);
    expect(player.enrolment.nodeId).toBe('n');
    expect(player.waitUntil(NOON + 9 * DAY).steps[1]).toMatchObject({
      connector: 'expired',
      cause: 'time',
      left: NOON + 7 * DAY,
    });
  });

  it('is not sent when it has expired before', () => {
    const definition = draw({ d: node.delay, n: message('popup', { expiresAfterMs: MINUTE }), exit }, [
      'start.next > d',
      'd.next > n',
      'n.expired > exit',
    ]);
    const player = play(journeyOf(definition)).waitUntil(NOON + HOUR + MINUTE);
    expect(player.effects).toEqual([]);
    expect(player.steps[2]).toMatchObject({ connector: 'expired', left: NOON + HOUR + MINUTE });
  });

  it('takes no news of another visit', () => {
    const player = play(withOnly('clicked'));
    player.move([{ kind: 'outcome', seq: 1, outcome: 'clicked', at: NOON }], NOON);
    player.move([{ kind: 'outcome', seq: 3, outcome: 'clicked', at: NOON }], NOON);
    player.becomes('success', NOON);
    expect(player.ignored.map(({ because }) => because)).toEqual([
      'other_visit',
      'other_visit',
      'not_awaited',
    ]);
  });

  it('was never clicked before the visit began, whatever clocks say', () => {
    const player = play(withOnly('clicked')).becomes('clicked', NOON - HOUR);
    expect(player.steps[1]).toMatchObject({ began: NOON, left: NOON });
  });
});

describe('quiet hours', () => {
  const quietHours = { from: '12:00', to: '15:00', channels: ['sms'] } as const;
  const sending = (kind: 'sms' | 'email', always: boolean) =>
    journeyOf(
      draw(
        { n: message(kind, { expiresAfterMs: HOUR, sendInQuietHours: always }), exit },
        ['start.next > n', 'n.expired > exit'],
        {
          quietHours,
        },
      ),
    );
  /** 13:00 in Berlin is noon of the tests. */
  const over = NOON + 2 * HOUR;

  it('hold a message of their channels, and its validity', () => {
    const player = play(sending('sms', false));
    expect(player.effects).toEqual([]);
    expect(player.enrolment).toMatchObject({ waitingFor: 'quiet_end', wakeAt: over });
    player.waitUntil(over);
    expect(player.effects).toMatchObject([{ key: 'e1:2', at: over, expiresAt: over + HOUR }]);
  });

  it.each([
    ['of another channel', 'email', false, {}],
    ['that is sent at any time', 'sms', true, {}],
    ['where it is evening', 'sms', false, { timeZone: 'Asia/Tokyo' }],
  ] as const)('hold no message %s', (_, kind, always, situation) => {
    expect(play(sending(kind, always), situation).effects).toHaveLength(1);
  });

  it('are asked of the present, when a server is late', () => {
    const player = play(sending('sms', false)).waitUntil(over + DAY - HOUR);
    expect(player.effects).toEqual([]);
    expect(player.enrolment).toMatchObject({ waitingFor: 'quiet_end', wakeAt: over + DAY });
  });

  it('let no outcome through: nothing was sent', () => {
    const player = play(sending('sms', false)).becomes('clicked', NOON + MINUTE);
    expect(player.ignored.map(({ because }) => because)).toEqual(['not_awaited']);
  });
});

describe('a wait', () => {
  const waiting = (filter: string | null = null) =>
    journeyOf(
      draw({ w: { ...node.wait, event: onAction('CODE_IS_SHOWN', filter) }, yes: exit, no: exit }, [
        'start.next > w',
        'w.happened > yes',
        'w.timed_out > no',
      ]),
    );

  it('says what it waits for', () => {
    expect(play(waiting()).enrolment).toMatchObject({
      waitingFor: 'event',
      waits: ['client_action:CODE_IS_SHOWN'],
      wakeAt: NOON + HOUR,
    });
  });

  it('is over when it happened, at its own time', () => {
    const player = play(waiting()).happens(shown(NOON + SECOND), NOON + 10 * MINUTE);
    expect(player.steps[1]).toMatchObject({ connector: 'happened', cause: 'event', left: NOON + SECOND });
    expect(player.enrolment).toMatchObject({
      event: shown(NOON + SECOND),
      events: { start: { amount: 5_000, method: 'card' }, w: { code: 'A1B2C3' } },
    });
  });

  it('is over when its time is', () => {
    const player = play(waiting()).waitUntil(NOON + HOUR);
    expect(player.steps[1]).toMatchObject({ connector: 'timed_out', cause: 'time', left: NOON + HOUR });
    expect(player.enrolment.event).toEqual(depositAt(NOON));
  });

  it.each([
    ['in the instant the visit began', NOON, 'happened'],
    ['in the last moment', NOON + HOUR - 1, 'happened'],
    ['in the instant of the time-out', NOON + HOUR, 'timed_out'],
    ['after it', NOON + HOUR + 1, 'timed_out'],
  ])('that is looked at late: %s', (_, at, connector) => {
    const player = play(waiting()).happens(shown(at), NOON + DAY);
    expect(player.steps[1]).toMatchObject({ connector });
  });

  it.each([
    ['before the visit began', shown(NOON - 1), 'too_early'],
    ['another action', shown(NOON, 'POPUP_CLOSED'), 'filtered'],
    ['an event of that name', { ...shown(NOON), source: 'event' as const }, 'filtered'],
    ['what the filter refuses', shown(NOON, 'CODE_IS_SHOWN', { code: 'Z' }), 'filtered'],
    ['what the filter knows nothing of', shown(NOON, 'CODE_IS_SHOWN', {}), 'filtered'],
  ])('does not take: %s', (_, event, because) => {
    const player = play(waiting('event.code != "Z"')).happens(event, NOON + SECOND);
    expect(player.ignored.map((each) => each.because)).toEqual([because]);
    expect(player.enrolment.nodeId).toBe('w');
  });

  it('takes nothing that is said of the future', () => {
    const player = play(waiting()).happens(shown(NOON + DAY), NOON + MINUTE);
    expect(player.steps[1]).toMatchObject({ connector: 'happened', left: NOON + MINUTE });
  });

  it('takes each event once', () => {
    const definition = draw({ a: node.wait, b: node.wait, exit }, [
      'start.next > a',
      'a.happened > b',
      'b.happened > exit',
    ]);
    const player = play(journeyOf(definition)).happens(shown(NOON));
    expect(player.enrolment).toMatchObject({ nodeId: 'b', visitBegan: NOON });
    expect(player.happens(shown(NOON)).enrolment.status).toBe('completed');
  });

  it('can compare with what came before', () => {
    const definition = draw(
      {
        w: { ...node.wait, event: onEvent('deposit.succeeded', 'event.amount > events.start.amount') },
        exit,
      },
      ['start.next > w', 'w.happened > exit'],
    );
    const player = play(journeyOf(definition)).happens(depositAt(NOON + 1, 5_000));
    expect(player.enrolment.nodeId).toBe('w');
    expect(player.happens(depositAt(NOON + 2, 5_001)).enrolment.status).toBe('completed');
  });

  it('can be without end', () => {
    const definition = draw({ w: { ...node.wait, timeoutMs: null }, exit }, [
      'start.next > w',
      'w.happened > exit',
    ]);
    const player = play(journeyOf(definition)).waitUntil(NOON + 1_000 * DAY);
    expect(player.enrolment).toMatchObject({ nodeId: 'w', wakeAt: null });
  });

  it('may end the journey', () => {
    const definition = draw({ w: node.wait, exit }, ['start.next > w', 'w.happened > exit']);
    expect(play(journeyOf(definition)).waitUntil(NOON + HOUR).enrolment.end).toMatchObject({
      reason: 'path_ended',
      connector: 'timed_out',
    });
  });
});

describe('a delay', () => {
  const twice = journeyOf(
    draw({ a: node.delay, b: { ...node.delay, delay: { until: { time: '09:00', weekdays: [2] } } }, exit }, [
      'start.next > a',
      'a.next > b',
      'b.next > exit',
    ]),
  );

  it('takes its time', () => {
    const player = play(twice).waitUntil(NOON + HOUR - 1);
    expect(player.enrolment).toMatchObject({ nodeId: 'a', waitingFor: 'time', wakeAt: NOON + HOUR });
    expect(player.waitUntil(NOON + HOUR).enrolment).toMatchObject({
      nodeId: 'b',
      visitBegan: NOON + HOUR,
      wakeAt: Date.parse('2026-11-24T08:00Z'),
    });
  });

  it('counts from the instant it began at, however late it is looked at', () => {
    const player = play(twice).waitUntil(NOON + 30 * DAY);
    expect(player.steps.map(({ left }) => left - NOON)).toEqual([0, HOUR, 20 * HOUR, 20 * HOUR]);
  });

  it('is not cut short by events', () => {
    const player = play(twice).happens(shown(NOON + 1));
    expect(player.ignored.map(({ because }) => because)).toEqual(['not_awaited']);
  });
});

describe('a condition', () => {
  const asking = (rule: string) =>
    journeyOf(
      draw({ c: { ...node.condition, rule }, yes: exit, no: exit }, [
        'start.next > c',
        'c.yes > yes',
        'c.no > no',
      ]),
    );
  const tuesday = `now >= timestamp("${new Date(NOON).toISOString()}")`;

  it.each([
    ['player.country == "DE"', 'yes'],
    ['player.country == "GB"', 'no'],
    ['player.vip_level > 2', 'no'],
    ['!(player.vip_level > 2)', 'no'],
    ['event.amount == 5000 && events.start.method == "card"', 'yes'],
    [tuesday, 'yes'],
  ])('%s: %s', (rule, connector) => {
    expect(play(asking(rule)).path[1]).toBe(`c.${connector} > ${connector}`);
  });

  it('that nothing follows on one side ends there', () => {
    const half = journeyOf(draw({ c: node.condition, yes: exit }, ['start.next > c', 'c.yes > yes']));
    expect(play(half, { facts: {} }).enrolment.end).toMatchObject({ reason: 'path_ended', connector: 'no' });
  });
});

describe('a split', () => {
  const shares = [1_000, 0, 9_000] as const;
  const variants = shares.map((bps, n) => ({ id: `v${n}`, name: null, bps }));
  const splitting = journeyOf(
    draw({ s: { ...node.split, variants }, v0: exit, v1: exit, v2: exit }, [
      'start.next > s',
      's.v0 > v0',
      's.v1 > v1',
      's.v2 > v2',
    ]),
  );
  const sideOf = (playerId: string) => play(splitting, {}, { playerId }).steps[1]?.connector;
  const players = Array.from({ length: 10_000 }, (_, n) => `player-${n}`);

  it('gives each variant its share', () => {
    const sides = Map.groupBy(players, sideOf);
    // Six standard deviations of 30.
    expect(Math.abs((sides.get('v0')?.length ?? 0) - 1_000)).toBeLessThan(180);
    expect([...sides.keys()].sort()).toEqual(['v0', 'v2']);
  });

  it('gives a player the same one each time', () => {
    const some = players.slice(0, 100);
    expect(some.map(sideOf)).toEqual(some.map(sideOf));
  });
});

describe('an action', () => {
  it.each([node.webhook, node.bonus, node.code])(
    '$kind is done outside, and left by what became of it',
    (action) => {
      const journey = journeyOf(
        draw({ a: action, yes: exit, no: exit }, ['start.next > a', 'a.success > yes', 'a.failure > no']),
      );
      const player = play(journey);
      expect(player.effects).toEqual([
        expect.objectContaining({ kind: 'action', action, key: 'e1:2', at: NOON, event: depositAt(NOON) }),
      ]);
      expect(player.enrolment).toMatchObject({ waitingFor: 'outcome', wakeAt: null });
      expect(player.becomes('success', NOON + SECOND, { data: { id: 7 } }).path[1]).toBe('a.success > yes');
      expect(player.enrolment.events).toMatchObject({ a: { id: 7 } });
      expect(player.enrolment.event).toEqual(depositAt(NOON));
      const other = play(journey).becomes('failure', NOON + SECOND, { reason: 'http_500' });
      expect(other.steps[1]).toMatchObject({ connector: 'failure', reason: 'http_500' });
    },
  );

  it('takes no outcome of a message', () => {
    const player = play(journeyOf(draw({ a: node.webhook, exit }, ['start.next > a', 'a.success > exit'])));
    expect(player.becomes('clicked', NOON).ignored.map(({ because }) => because)).toEqual(['not_awaited']);
  });

  it('nothing depends on is the end once it is handed over', () => {
    const player = play(journeyOf(draw({ a: node.bonus }, ['start.next > a'])));
    expect(player.effects).toHaveLength(1);
    expect(player.enrolment.end).toMatchObject({ reason: 'handed_over' });
  });

  it('may end the journey when it fails', () => {
    const player = play(journeyOf(draw({ a: node.webhook, exit }, ['start.next > a', 'a.success > exit'])));
    expect(player.becomes('failure', NOON).enrolment.end).toMatchObject({
      reason: 'path_ended',
      connector: 'failure',
    });
  });

  it('that changes a property is waited for, so that conditions see it', () => {
    const player = play(journeyOf(draw({ p: node.property, exit }, ['start.next > p', 'p.next > exit'])));
    expect(player.effects).toMatchObject([{ action: { property: 'team', value: 'red' } }]);
    player.becomes('failure', NOON + SECOND);
    expect(player.enrolment).toMatchObject({ nodeId: 'p', status: 'active' });
    expect(player.becomes('success', NOON + MINUTE).path[1]).toBe('p.next > exit');
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
