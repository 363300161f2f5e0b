import { layout as arrange, Graph } from '@dagrejs/dagre';
import { connectorsOf } from '@promosmith/core/journey';
import { CARD_WIDTH, cardHeight } from './size.ts';
import type { Definition, Position } from './types.ts';

const GRAPH = { rankdir: 'LR', nodesep: 36, ranksep: 110, marginx: 24, marginy: 24 } as const;

/** Places every node, from the left to the right as players walk. */
export function arranged({ nodes, edges }: Pick<Definition, 'nodes' | 'edges'>): Record<string, Position> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph(GRAPH);
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, node] of Object.entries(nodes))
    graph.setNode(id, { width: CARD_WIDTH, height: cardHeight(connectorsOf(node).length) });
  for (const { from, connector, to } of edges)
    if (Object.hasOwn(nodes, from) && Object.hasOwn(nodes, to) && from !== to)
      graph.setEdge(from, to, {}, connector);
  arrange(graph);
  return Object.fromEntries(
    Object.keys(nodes).map((id) => {
      const { x, y, width, height } = graph.node(id) as {
        x: number;
        y: number;
        width: number;
        height: number;
      };
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}

/** The definition with a place for every node: what was placed by hand stays there. */
export function placed(definition: Definition): Definition {
  const isPlaced = Object.keys(definition.nodes).every((id) => Object.hasOwn(definition.layout, id));
  if (isPlaced) return definition;
  return { ...definition, layout: { ...arranged(definition), ...definition.layout } };
}
