import { connectorsOf } from '@promosmith/core/journey';
import { same } from './compare.ts';
import type { Definition, GraphEdge } from './types.ts';

/** Two changed the same journey at the same time. */
export interface Merged {
  readonly definition: Definition;
  /** What both changed in different ways: mine was taken. Ids of nodes, `from connector` of edges, names of settings. */
  readonly overruled: readonly string[];
}

/**
 * What both meant: of each node, connector and setting the value of whoever changed it since `base`. Where both did, mine.
 */
export function merge(base: Definition, theirs: Definition, mine: Definition): Merged {
  const overruled: string[] = [];
  const both = <T>(
    was: Readonly<Record<string, T>>,
    other: Readonly<Record<string, T>>,
    own: Readonly<Record<string, T>>,
    tell: boolean,
  ): Record<string, T> => {
    const names = new Set([...Object.keys(other), ...Object.keys(own)]);
    const result: Record<string, T> = {};
    for (const name of names) {
      const isMine = !same(was[name], own[name]);
      const isTheirs = !same(was[name], other[name]);
      if (tell && isMine && isTheirs && !same(own[name], other[name])) overruled.push(name);
      const value = isMine ? own[name] : other[name];
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
  const nodes = both(base.nodes, theirs.nodes, mine.nodes, true);
  const edges = both(byConnector(base), byConnector(theirs), byConnector(mine), true);
  const settings = both<unknown>(base.settings, theirs.settings, mine.settings, true);
  const layout = both(base.layout, theirs.layout, mine.layout, false);
  return {
    definition: {
      nodes,
      edges: Object.values(edges).filter((edge) => leads(nodes, edge)),
      settings: settings as Definition['settings'],
      layout: Object.fromEntries(Object.entries(layout).filter(([id]) => Object.hasOwn(nodes, id))),
    },
    overruled,
  };
}

const byConnector = ({ edges }: Definition): Record<string, GraphEdge> =>
  Object.fromEntries(edges.map((edge) => [`${edge.from} ${edge.connector}`, edge]));

function leads(nodes: Definition['nodes'], { from, connector, to }: GraphEdge): boolean {
  const start = nodes[from];
  return start !== undefined && Object.hasOwn(nodes, to) && connectorsOf(start).includes(connector);
}
