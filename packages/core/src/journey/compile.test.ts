import { describe, expect, it } from 'vitest';
import { compileJourney } from './compile.ts';
import { catalogue, DAY, draw, journeyOf, node, onAction, onEvent } from './testing/drawing.ts';
import { trigger, withSettings } from './testing/problems.ts';

const once = { once: '2026-12-24T18:00:00Z' };

describe('a compiled journey', () => {
  it.each([
    [
      'an event',
      onEvent('deposit.succeeded', 'event.amount > 1'),
      { source: 'event', match: { key: 'event:deposit.succeeded', filter: { source: 'event.amount > 1' } } },
    ],
    [
      'a client action',
      onAction('CODE_IS_SHOWN'),
      { source: 'client_action', match: { key: 'client_action:CODE_IS_SHOWN', filter: null } },
    ],
    [
      'a segment',
      { source: 'segment', rule: 'player.age > 30' },
      { source: 'segment', rule: { source: 'player.age > 30' } },
    ],
    [
      'a schedule',
      { source: 'schedule', times: once, audience: 'true' },
      { source: 'schedule', times: once, audience: { source: 'true' } },
    ],
    ['the API', { source: 'api' }, { source: 'api' }],
  ] as const)('is started by %s', (_, on, expected) => {
    expect(journeyOf(trigger(on))).toMatchObject({ triggerId: 'start', trigger: expected });
  });

  it('knows where connectors lead', () => {
    const journey = journeyOf(
      draw({ n: node.popup, a: node.exit, b: node.exit }, [
        'start.next > n',
        'n.clicked > a',
        'n.expired > b',
      ]),
    );
    expect([...(journey.activities.get('n')?.exits ?? [])]).toEqual([
      ['clicked', 'a'],
      ['expired', 'b'],
    ]);
  });

  it('says which facts about players have to be loaded', () => {
    const settings = {
      exitWhen: 'player.country == "GB"',
      goal: { event: onEvent('login', 'event.country == player.country'), withinMs: DAY, exitOnGoal: false },
    };
    const journey = journeyOf(
      draw(
        {
          c: {
            ...node.condition,
            rule: 'player.properties.team == "red" && event.amount > 1 && now > timestamp("2026-01-01T00:00:00Z")',
          },
          exit: node.exit,
        },
        ['start.next > c', 'c.yes > exit'],
        settings,
      ),
    );
    expect([...journey.facts].sort()).toEqual(['player.country', 'player.properties.team']);
  });

  it('has its goal, with its filter', () => {
    const goal = { event: onEvent('login', 'event.country == "DE"'), withinMs: DAY, exitOnGoal: true };
    expect(journeyOf(withSettings({ goal })).goal).toMatchObject({
      withinMs: DAY,
      exitOnGoal: true,
      match: { key: 'event:login', filter: { source: 'event.country == "DE"' } },
    });
  });

  it('comes with what it was warned about', () => {
    const definition = draw({ w: { ...node.wait, timeoutMs: null }, exit: node.exit }, [
      'start.next > w',
      'w.happened > exit',
    ]);
    expect(compileJourney('journey', definition, catalogue)).toMatchObject({
      ok: true,
      warnings: [{ key: 'waits_forever' }],
    });
  });

  it('is none while there is an error, and says all of them', () => {
    const definition = draw({ w: { ...node.wait, timeoutMs: null } }, ['start.next > w']);
    expect(compileJourney('journey', definition, catalogue)).toMatchObject({
      ok: false,
      problems: [{ key: 'connector_missing' }, { key: 'waits_forever' }],
    });
  });
});
