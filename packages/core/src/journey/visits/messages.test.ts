import { describe, expect, it } from 'vitest';
import { MESSAGE_KINDS } from '../graph.ts';
import { DAY, draw, HOUR, journeyOf, MINUTE, message, NOON, node, SECOND } from '../testing/drawing.ts';
import { depositAt, play } from '../testing/player.ts';

const { exit } = node;

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

  it.each([
    ['an edge leads on', 'n.expired > exit', 'exit'],
    ['none does', 'n.clicked > exit', null],
  ])('is not sent when it has expired before, where %s', (_, edge, toNodeId) => {
    const definition = draw({ d: node.delay, n: message('popup', { expiresAfterMs: MINUTE }), exit }, [
      'start.next > d',
      'd.next > n',
      edge,
    ]);
    const player = play(journeyOf(definition)).waitUntil(NOON + HOUR + MINUTE);
    expect(player.effects).toEqual([]);
    expect(player.steps[2]).toMatchObject({
      connector: 'expired',
      cause: 'time',
      left: NOON + HOUR + MINUTE,
      toNodeId,
    });
  });

  it('in a loop that is far behind is no failure', () => {
    const definition = draw({ n: message('popup', { expiresAfterMs: SECOND }), c: node.condition }, [
      'start.next > n',
      'n.expired > c',
      'c.yes > n',
    ]);
    const player = play(journeyOf(definition)).waitUntil(NOON + HOUR);
    expect(player.enrolment).toMatchObject({ status: 'active', wakeAt: NOON + 51 * SECOND });
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

  it('was not seen because the one before was', () => {
    const definition = draw({ n: node.popup, m: node.email, exit }, [
      'start.next > n',
      'n.clicked > m',
      'm.clicked > exit',
    ]);
    const player = play(journeyOf(definition))
      .becomes('impression', NOON + 1)
      .becomes('clicked', NOON + 2);
    player.becomes('clicked', NOON + 3);
    expect(player.steps.slice(1, 3).map(({ shownAt }) => shownAt)).toEqual([NOON + 1, null]);
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
