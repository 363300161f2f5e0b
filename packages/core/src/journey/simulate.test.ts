import { describe, expect, it } from 'vitest';
import { type Script, simulate } from './simulate.ts';
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

const { exit } = node;

const script = (rest: Partial<Script> = {}): Script => ({
  playerId: 'p1',
  startsAt: NOON,
  event: { source: 'event', name: 'deposit.succeeded', data: { amount: 5_000 } },
  facts: { player: { country: 'DE' } },
  timeZone: 'Europe/Berlin',
  happenings: [],
  answers: {},
  until: NOON + 30 * DAY,
  ...rest,
});

/** What moved when, as `+seconds popup.impression > wait`. */
const story = (timeline: ReturnType<typeof simulate>): string[] =>
  timeline.moments.flatMap(({ steps }) =>
    steps.map(
      ({ left, nodeId, connector, toNodeId }) =>
        `+${(left - NOON) / SECOND} ${nodeId}.${connector ?? '-'} > ${toNodeId ?? '-'}`,
    ),
  );

/** A popup with a code; its impression, and the client action the server makes of it; the code saved by a webhook. */
const promoCode = journeyOf(
  draw(
    {
      popup: node.popup,
      wait: { ...node.wait, event: onAction('CODE_IS_SHOWN'), timeoutMs: null },
      webhook: node.webhook,
    },
    ['start.next > popup', 'popup.impression > wait', 'wait.happened > webhook'],
  ),
);

const shownWithCode = (code: string) => [
  {
    afterMs: 2 * SECOND,
    outcome: 'impression' as const,
    raises: { source: 'client_action' as const, name: 'CODE_IS_SHOWN', data: { code } },
  },
];

describe('generating promo codes', () => {
  it('saves the code of the popup when it is shown', () => {
    const timeline = simulate(promoCode, script({ answers: { popup: [shownWithCode('Q7R2XK')] } }));
    expect(story(timeline)).toEqual([
      '+0 start.next > popup',
      '+2 popup.impression > wait',
      '+2 wait.happened > webhook',
      '+2 webhook.- > -',
    ]);
    const [popup, webhook] = timeline.moments.flatMap(({ effects }) => effects);
    expect(popup).toMatchObject({ kind: 'message', channel: 'popup', key: 'simulation:2' });
    expect(webhook).toMatchObject({
      kind: 'action',
      key: 'simulation:4',
      action: { kind: 'webhook', method: 'POST', body: '{"code": "{{event.code}}"}' },
      event: { data: { code: 'Q7R2XK' } },
    });
    expect(timeline.end).toMatchObject({ status: 'completed', end: { reason: 'handed_over' } });
  });

  it('saves nothing when the popup is never shown', () => {
    const timeline = simulate(promoCode, script());
    expect(story(timeline)).toEqual(['+0 start.next > popup', '+604800 popup.expired > -']);
    expect(timeline.moments.flatMap(({ effects }) => effects)).toHaveLength(1);
  });

  it('saves nothing for a client action that is told before anything was shown', () => {
    const forged = {
      at: NOON + SECOND,
      source: 'client_action',
      name: 'CODE_IS_SHOWN',
      data: { code: 'FORGED' },
    } as const;
    const timeline = simulate(
      promoCode,
      script({ happenings: [forged], answers: { popup: [shownWithCode('Q7R2XK')] } }),
    );
    expect(timeline.moments.flatMap(({ effects }) => effects).at(-1)).toMatchObject({
      event: { data: { code: 'Q7R2XK' } },
    });
    expect(timeline.moments[1]?.ignored).toMatchObject([{ because: 'not_awaited' }]);
  });
});

describe('a simulation', () => {
  const reminding = journeyOf(
    draw(
      {
        w: { ...node.wait, event: onEvent('login'), timeoutMs: DAY },
        mail: node.email,
        h: node.webhook,
        d: node.delay,
        c: node.condition,
        exit,
      },
      [
        'start.next > w',
        'w.timed_out > mail',
        'w.happened > c',
        'mail.failed > d',
        'd.next > mail',
        'mail.clicked > h',
        'h.success > exit',
        'h.failure > d',
        'c.yes > exit',
      ],
    ),
  );
  const login = { at: NOON + HOUR, source: 'event', name: 'login', data: {} } as const;

  it('lets time pass, and answers in turn', () => {
    const answers: Script['answers'] = {
      mail: [
        [{ afterMs: SECOND, outcome: 'failed', reason: 'mailbox full' }],
        [
          { afterMs: MINUTE, outcome: 'impression' },
          { afterMs: 2 * MINUTE, outcome: 'clicked' },
        ],
      ],
      h: [[{ afterMs: 0, outcome: 'failure' }], [{ afterMs: 0, outcome: 'success' }]],
    };
    expect(story(simulate(reminding, script({ answers })))).toEqual([
      '+0 start.next > w',
      '+86400 w.timed_out > mail',
      '+86401 mail.failed > d',
      '+90001 d.next > mail',
      '+90121 mail.clicked > h',
      '+90121 h.failure > d',
      '+93721 d.next > mail',
      '+93841 mail.clicked > h',
      '+93841 h.success > exit',
      '+93841 exit.- > -',
    ]);
  });

  it('takes what happens, and facts that change', () => {
    const moves = { at: NOON + MINUTE, facts: { player: { country: 'GB' } } };
    expect(story(simulate(reminding, script({ happenings: [login] }))).at(-1)).toBe('+3600 exit.- > -');
    expect(story(simulate(reminding, script({ happenings: [login, moves] }))).at(-1)).toBe('+3600 c.no > -');
  });

  it('has actions succeed when nothing else is said', () => {
    const answers: Script['answers'] = { mail: [[{ afterMs: 0, outcome: 'clicked' }]] };
    expect(story(simulate(reminding, script({ answers }))).slice(-2)).toEqual([
      '+86400 h.success > exit',
      '+86400 exit.- > -',
    ]);
  });

  it('ends where it is told to', () => {
    const timeline = simulate(reminding, script({ until: NOON + DAY }));
    expect(timeline.end).toMatchObject({ nodeId: 'w', status: 'active' });
    expect(timeline.cut).toBe(false);
  });

  it('keeps every state for the slider', () => {
    const { moments } = simulate(reminding, script({ happenings: [login] }));
    expect(moments.map(({ at, enrolment: { nodeId } }) => [at - NOON, nodeId])).toEqual([
      [0, 'w'],
      [HOUR, 'exit'],
    ]);
  });

  it('gives up on journeys that go on and on', () => {
    const endless = journeyOf(
      draw({ d: { ...node.delay, delay: { forMs: SECOND } }, n: message('push'), exit }, [
        'start.next > d',
        'd.next > n',
        'n.clicked > d',
        'n.expired > exit',
      ]),
    );
    const answers: Script['answers'] = { n: [[{ afterMs: 0, outcome: 'clicked' }]] };
    const timeline = simulate(endless, script({ answers }));
    expect(timeline).toMatchObject({ cut: true, end: { status: 'active' } });
    expect(timeline.moments).toHaveLength(1_000);
  });
});
