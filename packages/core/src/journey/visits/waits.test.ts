import { describe, expect, it } from 'vitest';
import {
  DAY,
  draw,
  HOUR,
  journeyOf,
  MINUTE,
  NOON,
  node,
  onAction,
  onEvent,
  SECOND,
} from '../testing/drawing.ts';
import { depositAt, eventAt, play } from '../testing/player.ts';

const shown = eventAt;
const { exit } = node;

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
    ['another action', shown(NOON, 'POPUP_CLOSED'), 'not_awaited'],
    ['an event of that name', { ...shown(NOON), source: 'event' as const }, 'not_awaited'],
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
    player.happens(shown(NOON));
    expect(player.ignored.map(({ because }) => because)).toEqual(['moved_it_before']);
    expect(player.happens({ ...shown(NOON), id: 'another' }).enrolment.status).toBe('completed');
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
