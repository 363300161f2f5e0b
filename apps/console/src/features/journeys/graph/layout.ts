import { layout as arrange, Graph } from '@dagrejs/dagre';
import { connectorsOf } from '@promosmith/core/journey';
import { CARD_WIDTH, cardHeight } from './size.ts';
import type { Definition, Position } from './types.ts';

const GRAPH = { rankdir: 'LR', nodesep: 36, ranksep: 132, marginx: 24, marginy: 24 } as const;

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

/** Between two cards, for an edge to be seen. */
const LEAST_GAP = 20;

/**
 * The definition with a place for every node: what was placed by hand stays there. Where cards would cover each other the
 * places are none: they were made for others, by a program that knows nothing of cards.
 */
export function placed(definition: Definition): Definition {
  const { nodes, layout } = definition;
  const isPlaced = Object.keys(nodes).every((id) => Object.hasOwn(layout, id));
  if (isPlaced) return isCovered(definition) ? { ...definition, layout: arranged(definition) } : definition;
  return { ...definition, layout: { ...arranged(definition), ...layout } };
}

function isCovered({ nodes, layout }: Definition): boolean {
  const cards = Object.entries(nodes).flatMap(([id, node]) => {
    const place = layout[id];
    return place ? [{ ...place, height: cardHeight(connectorsOf(node).length) }] : [];
  });
  return cards.some((one, index) =>
    cards
      .slice(index + 1)
      .some(
        (other) =>
          Math.abs(one.x - other.x) < CARD_WIDTH + LEAST_GAP &&
          one.y < other.y + other.height &&
          other.y < one.y + one.height,
      ),
  );
}
