import type { Definition, GraphEdge } from './types.ts';

/** Whether two values of JSON are the same, whatever the order of their names. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), Object.entries(other)];
  if (left.length !== right.length) return false;
  return left.every(([name, value]) => Object.hasOwn(other, name) && same(value, Reflect.get(other, name)));
}

export const edgeKey = ({ from, connector, to }: GraphEdge): string => `${from} ${connector} ${to}`;

export type Change = 'added' | 'removed' | 'changed';

/** What is different between two graphs, by node, edge and setting. Where nodes are shown is no difference. */
export interface Differences {
  readonly nodes: ReadonlyMap<string, Change>;
  readonly edges: ReadonlyMap<string, Exclude<Change, 'changed'>>;
  readonly settings: readonly string[];
}

export function compare(before: Definition, after: Definition): Differences {
  const nodes = new Map<string, Change>();
  for (const id of new Set([...Object.keys(before.nodes), ...Object.keys(after.nodes)])) {
    const [was, is] = [before.nodes[id], after.nodes[id]];
    if (!was) nodes.set(id, 'added');
    else if (!is) nodes.set(id, 'removed');
    else if (!same(was, is)) nodes.set(id, 'changed');
  }
  const had = new Set(before.edges.map(edgeKey));
  const has = new Set(after.edges.map(edgeKey));
  const edges = new Map<string, 'added' | 'removed'>();
  for (const key of had) if (!has.has(key)) edges.set(key, 'removed');
  for (const key of has) if (!had.has(key)) edges.set(key, 'added');
  const settings = Object.keys(after.settings).filter(
    (name) => !same(Reflect.get(before.settings, name), Reflect.get(after.settings, name)),
  );
  return { nodes, edges, settings };
}

/** Both graphs in one: the later one, and what it lacks of the earlier one where it was. */
export function united(before: Definition, after: Definition): Definition {
  const nodes = { ...before.nodes, ...after.nodes };
  const edges = new Map([...before.edges, ...after.edges].map((edge) => [edgeKey(edge), edge]));
  return {
    ...after,
    nodes,
    edges: [...edges.values()],
    layout: { ...before.layout, ...after.layout },
  };
}
