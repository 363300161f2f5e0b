import { describe, expect, it } from 'vitest';
import type { JourneyDefinition } from './graph.ts';
import { draw, edgeOf, node, onEvent } from './testing/drawing.ts';
import { found } from './testing/problems.ts';

describe('the event a condition may ask about', () => {
  const after = (rule: string, waited: string) =>
    draw(
      {
        w: { ...node.wait, event: waited === 'login' ? onEvent('login') : node.wait.event },
        c: { ...node.condition, rule },
        exit: node.exit,
      },
      ['start.next > w', 'w.happened > c', 'c.yes > exit'],
    );
  /** Either the trigger's deposit, or the login. */
  const either = (rule: string) => {
    const { nodes, settings, layout } = after(rule, 'login');
    const edges = ['start.next > w', 'w.happened > c', 'w.timed_out > c', 'c.yes > exit'].map(edgeOf);
    return { nodes, settings, layout, edges };
  };

  it.each<[string, JourneyDefinition, boolean]>([
    ['the one waited for', after('event.code == "A"', 'action'), true],
    ['no more the one before', after('event.amount > 1', 'action'), false],
    ['the one before by its node', after('events.start.amount > 1', 'action'), true],
    ['the one waited for by its node', after('events.w.code == "A"', 'action'), true],
    ['none of a node that has none', after('events.c.code == "A"', 'action'), false],
    ['what only one of two has', either('event.method == "card" || event.country == "DE"'), true],
    ['nothing that two have with different types', either('event.amount > 1'), false],
  ])('is %s', (_, definition, can) => {
    expect(found(definition)).toEqual(can ? [] : ['rule_invalid @ c.rule']);
  });

  it('is any of those that a way back brings', () => {
    const back = (rule: string) =>
      draw({ d: node.delay, c: { ...node.condition, rule }, w: { ...node.wait, event: onEvent('login') } }, [
        'start.next > d',
        'd.next > c',
        'c.yes > w',
        'w.happened > d',
      ]);
    expect(found(back('event.country == "DE"'))).toEqual([]);
    expect(found(back('event.amount > 1'))).toEqual(['rule_invalid @ c.rule']);
  });
});
