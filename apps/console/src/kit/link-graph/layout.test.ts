import { describe, expect, it } from 'vitest';
import type { LinkGraph } from './graph.ts';
import { type Places, type Point, settle } from './layout.ts';

/** Rings of three players on one device each, and the first players of all rings in one network. */
function rings(count: number): LinkGraph {
  const nodes = [{ id: 'net', kind: 'ip', label: 'net' }];
  const edges = [];
  for (let ring = 0; ring < count; ring++) {
    nodes.push({ id: `d${ring}`, kind: 'device', label: `d${ring}` });
    for (let member = 0; member < 3; member++) {
      const id = `p${ring}.${member}`;
      nodes.push({ id, kind: 'player', label: id });
      edges.push({ player: id, identifier: `d${ring}`, isStrong: true });
    }
    edges.push({ player: `p${ring}.0`, identifier: 'net', isStrong: false });
  }
  return { nodes, edges };
}

function settled(graph: LinkGraph, known?: Places): Places {
  const settling = settle(graph, known);
  while (settling.step());
  return settling.places();
}

const at = (places: Places, id: string): Point => {
  const place = places.get(id);
  if (!place) throw new Error(`${id} has no place`);
  return place;
};

const distance = (places: Places, one: string, other: string): number => {
  const [from, to] = [at(places, one), at(places, other)];
  return Math.hypot(from.x - to.x, from.y - to.y);
};

describe('a graph that settles', () => {
  const places = settled(rings(6));
  it('has a place for every node', () => {
    expect(places.size).toBe(25);
    for (const { x, y } of places.values()) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
  });
  it('lays no node on another', () => {
    const all = [...places.keys()];
    const nearest = Math.min(
      ...all.flatMap((one, index) => all.slice(index + 1).map((other) => distance(places, one, other))),
    );
    expect(nearest).toBeGreaterThan(15);
  });
  it('has what is linked nearer than what is not', () => {
    expect(distance(places, 'p0.1', 'd0')).toBeLessThan(distance(places, 'p0.1', 'd3'));
    expect(distance(places, 'p0.1', 'p0.2')).toBeLessThan(distance(places, 'p0.1', 'p3.2'));
  });
  it('settles the same way again', () => {
    expect([...settled(rings(6))]).toEqual([...places]);
  });
});

describe('a graph that grew', () => {
  it('stays about where it was, with the new beside what they are linked with', () => {
    const small = rings(3);
    const before = settled(small);
    const grown: LinkGraph = {
      nodes: [...small.nodes, { id: 'new', kind: 'player', label: 'new' }],
      edges: [...small.edges, { player: 'new', identifier: 'd1', isStrong: true }],
    };
    const after = settled(grown, before);
    const moved = Math.hypot(at(after, 'd1').x - at(before, 'd1').x, at(after, 'd1').y - at(before, 'd1').y);
    expect(moved).toBeLessThan(60);
    expect(distance(after, 'new', 'd1')).toBeLessThan(distance(after, 'new', 'd0'));
  });
});
