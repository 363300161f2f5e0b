import { describe, expect, it } from 'vitest';
import type { JourneyDefinition, JourneyNode } from '../graph.ts';
import { draw, edgeOf, node, onAction, onEvent } from '../testing/drawing.ts';
import { found, kept, variants } from '../testing/problems.ts';

const long = 'x'.repeat(70_000);

describe('a draft', () => {
  it('may be stored with all that is missing', () => {
    const empty: JourneyNode[] = [
      { kind: 'trigger', name: null, on: null },
      { ...node.popup, contentId: null },
      { ...node.wait, event: onEvent('') },
      { ...node.condition, rule: 'player.' },
      { ...node.split, variants: [] },
      { ...node.webhook, url: '' },
    ];
    const nodes = Object.fromEntries(empty.map((each, n) => [`n${n}`, each]));
    expect(kept({ ...draw({}, []), nodes })).toEqual([]);
  });

  it.each<[string, JourneyDefinition, string[]]>([
    [
      'an edge from nowhere',
      draw({ exit: node.exit }, ['gone.next > exit']),
      ['edge_dangling @ gone.next > exit'],
    ],
    ['an edge to nowhere', draw({}, ['start.next > gone']), ['edge_dangling @ start.next > gone']],
    [
      'an edge to what every object has',
      draw({}, ['start.next > toString']),
      ['edge_dangling @ start.next > toString'],
    ],
    [
      'an edge twice',
      draw({ exit: node.exit }, ['start.next > exit', 'start.next > exit']),
      ['edge_repeated @ start.next > exit'],
    ],
    ['an id that no rule could name', draw({ '1st': node.exit }, []), ['node_id_invalid @ 1st']],
    [
      'an id that is too long',
      draw({ ['n'.repeat(41)]: node.exit }, []),
      [`node_id_invalid @ ${'n'.repeat(41)}`],
    ],
    ['a long name', draw({ n: { ...node.exit, name: long } }, []), ['text_too_long @ n.name']],
    [
      'long texts of a webhook',
      draw({ n: { ...node.webhook, url: long, body: long, headers: [{ name: long, value: long }] } }, []),
      ['n.url', 'n.body', 'n.headers.0.name', 'n.headers.0.value'].map((at) => `text_too_long @ ${at}`),
    ],
    [
      'many headers',
      draw({ n: { ...node.webhook, headers: new Array(51).fill({ name: 'x', value: '' }) } }, []),
      ['too_many_headers @ n.headers'],
    ],
    [
      'long values',
      draw({ n: { ...node.property, property: long, value: long } }, []),
      ['text_too_long @ n.property', 'text_too_long @ n.value'],
    ],
    [
      'a long event',
      draw({ n: { ...node.wait, event: onAction(long) } }, []),
      ['text_too_long @ n.event.name'],
    ],
    [
      'variants with long names',
      draw({ n: { ...node.split, variants: [{ id: long, name: long, bps: 1 }] } }, []),
      ['text_too_long @ n.variants.0.id', 'text_too_long @ n.variants.0.name'],
    ],
    [
      'many variants',
      draw({ n: { ...node.split, variants: variants(...new Array(21).fill(1)) } }, []),
      ['too_many_variants @ n.variants'],
    ],
  ])('may not have %s', (_, definition, problems) => {
    expect(kept(definition)).toEqual(problems);
    expect(found(definition)).toEqual(problems);
  });

  it('has a largest size', () => {
    const many = (nodes: number, edges: number): JourneyDefinition => ({
      ...draw(Object.fromEntries(Array.from({ length: nodes - 1 }, (_, n) => [`n${n}`, node.exit])), []),
      edges: Array.from({ length: edges }, (_, n) => edgeOf(`start.c${n} > n0`)),
    });
    expect(kept(many(200, 400))).toEqual([]);
    expect(kept(many(201, 401))).toEqual(['too_many_nodes @ ', 'too_many_edges @ ']);
  });
});
