import { blankNode } from './kinds.ts';
import type { Definition, GraphNode, Kind } from './types.ts';

const SETTINGS: Definition['settings'] = {
  entry: { rule: 'once' },
  entryCap: null,
  controlBps: 0,
  quietHours: null,
  goal: null,
  exitWhen: null,
};

/** A graph of blank nodes: `drawn({ start: 'trigger', bye: 'exit' }, ['start.next > bye'])`. */
export function drawn(
  kinds: Readonly<Record<string, Kind | GraphNode>>,
  edges: readonly string[],
): Definition {
  return {
    nodes: Object.fromEntries(
      Object.entries(kinds).map(([id, kind]) => [id, typeof kind === 'string' ? blankNode(kind) : kind]),
    ),
    edges: edges.map((edge) => {
      const [start = '', to = ''] = edge.split(' > ');
      const [from = '', connector = ''] = start.split('.');
      return { from, connector, to };
    }),
    settings: SETTINGS,
    layout: {},
  };
}

/** The edges of a graph, as `drawn` takes them. */
export const edgesOf = ({ edges }: Pick<Definition, 'edges'>): string[] =>
  edges.map(({ from, connector, to }) => `${from}.${connector} > ${to}`);
