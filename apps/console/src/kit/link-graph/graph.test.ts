import { describe, expect, it } from 'vitest';
import { clustersOf, foldAt, join, type LinkGraph, nameOf, neighboursOf, withoutLone } from './graph.ts';

/** `ann-d1` is that ann has the device d1; `ann~n1` that she was seen in the network n1. */
function graph(...links: string[]): LinkGraph {
  const edges = links.map((link) => {
    const isStrong = link.includes('-');
    const [player = '', identifier = ''] = link.split(/[-~]/);
    return { player, identifier, isStrong };
  });
  const players = new Set(edges.map(({ player }) => player));
  const identifiers = new Set(edges.map(({ identifier }) => identifier));
  return {
    nodes: [
      ...[...players].map((id) => ({ id, kind: 'player', label: id })),
      ...[...identifiers].map((id) => ({ id, kind: 'device', label: id })),
    ],
    edges,
  };
}

const idsOf = ({ nodes }: LinkGraph) => nodes.map(({ id }) => id).toSorted();

describe('two graphs together', () => {
  it('have each node and link once, as told last', () => {
    const first = graph('ann-d1', 'bob-d1');
    const later: LinkGraph = {
      nodes: [{ id: 'bob', kind: 'player', label: 'Bob', score: 60 }],
      edges: [{ player: 'bob', identifier: 'd1', isStrong: true }],
    };
    const both = join(first, later);
    expect(idsOf(both)).toEqual(['ann', 'bob', 'd1']);
    expect(both.edges).toHaveLength(2);
    expect(both.nodes.find(({ id }) => id === 'bob')).toMatchObject({ label: 'Bob', score: 60 });
  });
});

describe('what a node is linked with', () => {
  it('is told of both ends', () => {
    const neighbours = neighboursOf(graph('ann-d1', 'bob-d1', 'bob-d2'));
    expect(neighbours.get('d1')).toEqual(['ann', 'bob']);
    expect(neighbours.get('bob')).toEqual(['d1', 'd2']);
  });
});

describe('folding', () => {
  const whole = graph('ann-d1', 'bob-d1', 'bob-d2', 'cat-d2');
  it('takes away what is reached by that node alone', () => {
    expect(idsOf(foldAt(whole, 'bob', 'ann'))).toEqual(['ann', 'bob', 'd1']);
    expect(foldAt(whole, 'bob', 'ann').edges).toHaveLength(2);
  });
  it('leaves what is reached another way', () => {
    const round = join(whole, graph('ann-d3', 'cat-d3'));
    expect(idsOf(foldAt(round, 'bob', 'ann'))).toEqual(['ann', 'bob', 'cat', 'd1', 'd2', 'd3']);
  });
  it('of the start leaves the start', () => {
    expect(idsOf(foldAt(whole, 'ann', 'ann'))).toEqual(['ann']);
  });
});

describe('what links nobody', () => {
  it('is left out, and its player stays', () => {
    const { nodes, edges } = graph('ann-d1', 'bob-d1', 'bob-card');
    const counted = nodes.map((node) =>
      node.kind === 'player' ? node : { ...node, players: node.id === 'card' ? 1 : 2 },
    );
    const left = withoutLone({ nodes: counted, edges });
    expect(idsOf(left)).toEqual(['ann', 'bob', 'd1']);
    expect(left.edges).toHaveLength(2);
  });
});

describe('clusters', () => {
  it('are made by strong links, and a network makes none', () => {
    const found = clustersOf(graph('ann-d1', 'bob-d1', 'cat-d2', 'ann~n1', 'cat~n1', 'dan~n1'));
    expect(found).toEqual([{ name: 'A', nodes: ['ann', 'd1', 'bob'], players: 2 }]);
  });
  it('come the largest first', () => {
    const found = clustersOf(graph('ann-d1', 'bob-d1', 'cat-d2', 'dan-d2', 'eve-d2'));
    expect(found.map(({ name, players }) => [name, players])).toEqual([
      ['A', 3],
      ['B', 2],
    ]);
  });
  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [27, 'AB'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('the one at place %i is called %s', (place, name) => expect(nameOf(place)).toBe(name));
});
