import { describe, expect, it } from 'vitest';
import type { JourneyDefinition } from './graph.ts';
import { executableProblems } from './problems.ts';
import { catalogue, DAY, draw, HOUR, message, node, onAction, onEvent } from './testing/drawing.ts';
import { found, trigger, variants, with1, withSettings } from './testing/problems.ts';

const goal = { event: onEvent('deposit.succeeded'), withinMs: DAY, exitOnGoal: false };

describe('what can be published', () => {
  it.each<[string, JourneyDefinition]>([
    ['the shortest journey', draw({ exit: node.exit }, ['start.next > exit'])],
    ['a message nothing depends on', with1(node.popup)],
    ['an action nothing depends on', with1(node.webhook)],
    ['a change of a property at the end', with1(node.property)],
    ['a wait that ends the journey when it times out', with1(node.wait, 'n.happened > exit')],
    ['a condition with one way', with1(node.condition, 'n.yes > exit')],
    ['two outcomes that exclude each other', with1(node.popup, 'n.clicked > exit', 'n.dismissed > exit')],
    [
      'a way back through a delay',
      draw({ n: node.popup, d: node.delay }, ['start.next > n', 'n.expired > d', 'd.next > n']),
    ],
    [
      'a way back through a wait',
      draw({ w: node.wait, h: node.webhook }, ['start.next > w', 'w.happened > h', 'h.success > w']),
    ],
    [
      'a way back through an answer',
      draw({ n: node.popup, h: node.webhook }, ['start.next > n', 'n.clicked > h', 'h.failure > n']),
    ],
    [
      'a filter of an event',
      trigger(onEvent('deposit.succeeded', 'event.amount >= 1000 && player.country == "DE"')),
    ],
    ['a client action', trigger(onAction('CODE_IS_SHOWN', 'event.code != ""'))],
    ['a segment', trigger({ source: 'segment', rule: '"vip" in player.segments' })],
    ['a schedule', trigger({ source: 'schedule', times: { cron: '0 18 * * 5' }, audience: 'true' })],
    [
      'one time',
      trigger({ source: 'schedule', times: { once: '2026-12-24T18:00:00+01:00' }, audience: 'true' }),
    ],
    ['the API', trigger({ source: 'api' })],
    ['a goal', withSettings({ goal: { ...goal, event: onEvent('deposit.succeeded', 'event.amount > 1') } })],
    [
      'a goal that asks what came before',
      withSettings({
        goal: { ...goal, event: onEvent('deposit.succeeded', 'event.amount > events.start.amount') },
      }),
    ],
    ['an exit rule', withSettings({ exitWhen: 'player.country == "GB" || event.amount > 10' })],
    [
      'settings',
      withSettings({
        entryCap: 1,
        controlBps: 9_999,
        quietHours: { from: '22:00', to: '08:00', channels: ['sms'] },
      }),
    ],
    [
      'a delay to a time of the day',
      with1({ ...node.delay, delay: { until: { time: '09:00', weekdays: [1, 7] } } }, 'n.next > exit'),
    ],
    ['empty filters', trigger(onEvent('deposit.succeeded', ' '))],
  ])('%s', (_, definition) => {
    expect(found(definition).filter((problem) => !problem.startsWith('unreachable @ exit'))).toEqual([]);
  });

  it('is warned about, and may be meant', () => {
    const definition = with1(node.popup, 'n.impression > exit', 'n.clicked > exit', 'n.dismissed > exit');
    expect(found(definition)).toEqual([
      '?impression_decides @ n.clicked > exit',
      '?impression_decides @ n.dismissed > exit',
    ]);
    const endless = { ...node.wait, timeoutMs: null };
    expect(found(with1(endless, 'n.happened > exit'))).toEqual(['?waits_forever @ n.timeoutMs']);
    expect(found(with1(endless, 'n.happened > exit', 'n.timed_out > exit'))).toEqual([
      '?never_leaves_by @ n.timed_out > exit',
    ]);
  });
});

describe('what can not be published', () => {
  it.each<[string, JourneyDefinition, string[]]>([
    [
      'no trigger',
      { ...draw({}, []), nodes: { exit: node.exit } },
      ['trigger_missing @ ', 'unreachable @ exit'],
    ],
    [
      'two triggers',
      draw({ second: node.trigger, exit: node.exit }, ['start.next > exit', 'second.next > exit']),
      ['trigger_repeated @ second'],
    ],
    ['a trigger of nothing', trigger(null), ['setting_missing @ start.on']],
    ['a trigger without an event', trigger(onEvent('')), ['setting_missing @ start.on.name']],
    ['an event nobody can be told of', trigger(onEvent('bet.settled')), ['event_not_heard @ start.on.name']],
    ['an event there is none of', trigger(onEvent('deposit.doubled')), ['event_unknown @ start.on.name']],
    ['a client action nobody saw', trigger(onAction('CODE_IS_HIDDEN')), ['event_unknown @ start.on.name']],
    [
      'a platform event of the name of an action',
      trigger(onEvent('CODE_IS_SHOWN')),
      ['event_unknown @ start.on.name'],
    ],
    [
      'a segment without a rule',
      trigger({ source: 'segment', rule: '' }),
      ['setting_missing @ start.on.rule'],
    ],
    [
      'a schedule for nobody',
      trigger({ source: 'schedule', times: { cron: '0 0 30 2 *' }, audience: ' ' }),
      ['cron_invalid @ start.on.times.cron', 'setting_missing @ start.on.audience'],
    ],
    [
      'a time that is none',
      trigger({ source: 'schedule', times: { once: 'Christmas' }, audience: 'true' }),
      ['setting_invalid @ start.on.times.once'],
    ],
    ['a trigger that leads nowhere', draw({}, []), ['connector_missing @ start.next']],
    [
      'a way back to the trigger',
      with1(node.delay, 'n.next > start'),
      ['trigger_entered @ n.next > start', 'unreachable @ exit'],
    ],
    [
      'what follows an exit',
      draw({ exit: node.exit, n: node.popup }, ['start.next > exit', 'exit.next > n']),
      ['exit_left @ exit.next > n'],
    ],
    [
      'a connector of another kind',
      with1(node.delay, 'n.next > exit', 'n.clicked > exit'),
      ['connector_unknown @ n.clicked > exit'],
    ],
    [
      'the connector of a variant that is gone',
      with1(node.split, 'n.a > exit', 'n.c > exit'),
      ['connector_unknown @ n.c > exit'],
    ],
    [
      'a connector that leads to two nodes',
      draw({ a: node.exit, b: node.exit }, ['start.next > a', 'start.next > b']),
      ['connector_repeated @ start.next > b'],
    ],
    ['a delay before nothing', with1(node.delay), ['connector_missing @ n.next', 'unreachable @ exit']],
    ['a wait for nothing', with1(node.wait, 'n.timed_out > exit'), ['connector_missing @ n.happened']],
    ['a condition without ways', with1(node.condition), ['connector_missing @ n', 'unreachable @ exit']],
    ['a split without ways', with1(node.split), ['connector_missing @ n', 'unreachable @ exit']],
    [
      'nodes nobody comes to',
      draw({ exit: node.exit, a: node.popup, b: node.exit }, ['start.next > exit', 'a.clicked > b']),
      ['unreachable @ a', 'unreachable @ b'],
    ],
    [
      'a node that leads to itself',
      with1(node.webhook, 'n.failure > n', 'n.success > exit'),
      ['cycle_without_wait @ n'],
    ],
    [
      'a loop without a wait',
      draw({ c: node.condition, s: node.split, p: node.property, exit: node.exit }, [
        'start.next > c',
        'c.yes > s',
        's.a > p',
        'p.next > c',
        'c.no > exit',
        's.b > exit',
      ]),
      ['cycle_without_wait @ c', 'cycle_without_wait @ s', 'cycle_without_wait @ p'],
    ],
    [
      'a loop through an event that it causes itself',
      draw({ w: { ...node.wait, event: onEvent('bonus.granted') }, c: node.condition }, [
        'start.next > w',
        'w.happened > c',
        'w.timed_out > c',
        'c.yes > w',
      ]),
      ['cycle_without_wait @ w', 'cycle_without_wait @ c'],
    ],
    [
      'a loop through a message that is not sent',
      draw({ n: node.popup, h: node.webhook }, ['start.next > n', 'n.suppressed > h', 'h.success > n']),
      ['cycle_without_wait @ n', 'cycle_without_wait @ h'],
    ],
    [
      'a message without content',
      with1(message('sms', { contentId: null }), 'n.failed > exit'),
      ['setting_missing @ n.contentId'],
    ],
    [
      'a message valid for a moment',
      with1(message('push', { expiresAfterMs: 999 }), 'n.failed > exit'),
      ['setting_out_of_bounds @ n.expiresAfterMs'],
    ],
    [
      'a wait for no event',
      with1({ ...node.wait, event: onEvent('') }, 'n.happened > exit'),
      ['setting_missing @ n.event.name'],
    ],
    [
      'a wait of more than a year',
      with1({ ...node.wait, timeoutMs: 365 * DAY + 1 }, 'n.happened > exit'),
      ['setting_out_of_bounds @ n.timeoutMs'],
    ],
    [
      'a delay of no time',
      with1({ ...node.delay, delay: { forMs: 0 } }, 'n.next > exit'),
      ['setting_out_of_bounds @ n.delay.forMs'],
    ],
    [
      'a delay of half a millisecond more',
      with1({ ...node.delay, delay: { forMs: HOUR + 0.5 } }, 'n.next > exit'),
      ['setting_out_of_bounds @ n.delay.forMs'],
    ],
    [
      'a delay to a time that is none',
      with1({ ...node.delay, delay: { until: { time: '9:00', weekdays: [0] } } }, 'n.next > exit'),
      ['setting_invalid @ n.delay.until.time', 'setting_invalid @ n.delay.until.weekdays'],
    ],
    [
      'a condition that asks nothing',
      with1({ ...node.condition, rule: '' }, 'n.yes > exit'),
      ['setting_missing @ n.rule'],
    ],
    [
      'a rule that is none',
      with1({ ...node.condition, rule: 'player.country ==' }, 'n.yes > exit'),
      ['rule_invalid @ n.rule'],
    ],
    [
      'a fact there is none of',
      with1({ ...node.condition, rule: 'player.shoe_size > 40' }, 'n.yes > exit'),
      ['rule_invalid @ n.rule'],
    ],
    [
      'a fact of activations',
      with1({ ...node.condition, rule: 'activation.channel == "popup"' }, 'n.yes > exit'),
      ['rule_invalid @ n.rule'],
    ],
    [
      'a field the event has not',
      with1({ ...node.condition, rule: 'event.code == "A"' }, 'n.yes > exit'),
      ['rule_invalid @ n.rule'],
    ],
    [
      'a filter that is none',
      with1({ ...node.wait, event: onAction('CODE_IS_SHOWN', 'event.amount > 1') }, 'n.happened > exit'),
      ['rule_invalid @ n.event.filter'],
    ],
    [
      'shares of less than the whole',
      with1({ ...node.split, variants: variants(5_000, 4_999) }, 'n.v0 > exit'),
      ['split_not_whole @ n.variants'],
    ],
    [
      'shares below nothing',
      with1({ ...node.split, variants: variants(10_001, -1) }, 'n.v0 > exit'),
      ['split_not_whole @ n.variants'],
    ],
    [
      'one variant',
      with1({ ...node.split, variants: variants(10_000) }, 'n.v0 > exit'),
      ['setting_missing @ n.variants'],
    ],
    [
      'a variant twice, and one without a name',
      with1(
        {
          ...node.split,
          variants: [...variants(5_000), ...variants(4_000), { id: '', name: null, bps: 1_000 }],
        },
        'n.v0 > exit',
      ),
      ['variant_repeated @ n.variants.1.id', 'setting_missing @ n.variants.2.id'],
    ],
    [
      'a webhook to nowhere',
      with1({ ...node.webhook, url: ' ' }, 'n.success > exit'),
      ['setting_missing @ n.url'],
    ],
    [
      'a webhook by another protocol',
      with1({ ...node.webhook, url: 'file:///etc/passwd' }, 'n.success > exit'),
      ['setting_invalid @ n.url'],
    ],
    [
      'a header that would be two',
      with1({ ...node.webhook, headers: [{ name: 'a\r\nb', value: '' }] }, 'n.success > exit'),
      ['setting_invalid @ n.headers.0.name'],
    ],
    [
      'a webhook that takes a minute',
      with1({ ...node.webhook, timeoutMs: 60_000 }, 'n.success > exit'),
      ['setting_out_of_bounds @ n.timeoutMs'],
    ],
    [
      'a bonus of no campaign',
      with1({ ...node.bonus, campaignId: null, rewardIndex: -1 }, 'n.success > exit'),
      ['setting_missing @ n.campaignId', 'setting_invalid @ n.rewardIndex'],
    ],
    [
      'a code of no campaign',
      with1({ ...node.code, campaignId: '' }, 'n.success > exit'),
      ['setting_missing @ n.campaignId'],
    ],
    [
      'a change of no property',
      with1({ ...node.property, property: '' }, 'n.next > exit'),
      ['setting_missing @ n.property'],
    ],
    ['a cap for nobody', withSettings({ entryCap: 0 }), ['setting_out_of_bounds @ entryCap']],
    ['a control group of all', withSettings({ controlBps: 10_000 }), ['setting_out_of_bounds @ controlBps']],
    [
      'quiet hours that are none',
      withSettings({ quietHours: { from: '22:00', to: '22:00', channels: [] } }),
      ['setting_invalid @ quietHours'],
    ],
    [
      'quiet hours without an end',
      withSettings({ quietHours: { from: '22:00', to: '25:00', channels: [] } }),
      ['setting_invalid @ quietHours'],
    ],
    [
      'a goal nobody knows',
      withSettings({ goal: { ...goal, event: onEvent('won'), withinMs: 1 } }),
      ['event_unknown @ goal.event.name', 'setting_out_of_bounds @ goal.withinMs'],
    ],
    [
      'a goal with a wrong filter',
      withSettings({ goal: { ...goal, event: onEvent('deposit.succeeded', 'event.amount') } }),
      ['rule_invalid @ goal.event.filter'],
    ],
    ['an exit rule that is none', withSettings({ exitWhen: 'nonsense' }), ['rule_invalid @ exitWhen']],
  ])('%s', (_, definition, problems) => {
    expect(found(definition)).toEqual(problems);
  });
});

describe('every problem', () => {
  it('says in words what is wrong and what to do', () => {
    const definition = draw(
      { n: { ...node.wait, event: onAction('X') }, c: { ...node.condition, rule: 'player.contry == "DE"' } },
      ['start.next > n', 'n.happened > c', 'c.yes > c'],
    );
    for (const { message: text, fix } of executableProblems(definition, catalogue)) {
      expect(text).toMatch(/^[A-ZL“].{10,}\.$/s);
      expect(fix).toMatch(/^[A-Z].{8,}[.?]$/);
    }
    expect(executableProblems(definition, catalogue).map(({ fix }) => fix)).toContain(
      'Did you mean player.country?',
    );
  });
});
