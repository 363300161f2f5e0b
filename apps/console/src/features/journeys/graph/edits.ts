import { connectorsOf } from '@promosmith/core/journey';
import { blankNode } from './kinds.ts';
import { CARD_WIDTH, cardHeight } from './size.ts';
import type { Definition, GraphEdge, GraphNode, Kind, Position } from './types.ts';

/*
 * Everything that can be done to a graph by hand. Each edit takes a definition and returns another one; what it does not
 * touch stays the same object.
 */

const LONGEST_ID = 40;
const HALF_CARD = 60;

/** An id that is not taken: what the node is, which is also how rules name it (`events.wait_event.amount`). */
export function freeId(nodes: Definition['nodes'], wanted: string): string {
  const stem = wanted.replace(/_\d+$/, '').slice(0, LONGEST_ID - 4);
  if (!Object.hasOwn(nodes, stem)) return stem;
  for (let n = 2; ; n++) if (!Object.hasOwn(nodes, `${stem}_${n}`)) return `${stem}_${n}`;
}

export interface Added {
  readonly definition: Definition;
  readonly id: string;
}

/** @param after the node whose first free connector is to lead to the new one. */
export function addNode(definition: Definition, kind: Kind, at: Position, after?: string): Added {
  const id = freeId(definition.nodes, kind);
  const grown: Definition = {
    ...definition,
    nodes: { ...definition.nodes, [id]: blankNode(kind) },
    layout: { ...definition.layout, [id]: rounded(at) },
  };
  const connector = after === undefined || kind === 'trigger' ? undefined : freeConnector(definition, after);
  if (after === undefined || connector === undefined) return { definition: grown, id };
  return { definition: connect(grown, { from: after, connector, to: id }), id };
}

const GAP = { x: 132, y: 30 } as const;

/** A place for a new node: to the right of the one it comes after, below whatever is there. */
export function freeSpot({ nodes, layout }: Definition, after: string | undefined): Position {
  const others = Object.keys(nodes).flatMap((id) => {
    const place = layout[id];
    const node = nodes[id];
    return place && node ? [{ ...place, height: cardHeight(connectorsOf(node).length) }] : [];
  });
  const beside = after === undefined ? undefined : layout[after];
  const rightmost = others.reduce((x, place) => Math.max(x, place.x), -CARD_WIDTH - GAP.x);
  const x = (beside?.x ?? rightmost) + CARD_WIDTH + GAP.x;
  const column = others.filter((place) => Math.abs(place.x - x) < CARD_WIDTH);
  const top = beside?.y ?? 0;
  const isFree = column.every((place) => place.y + place.height < top || place.y > top + 2 * HALF_CARD);
  const bottom = column.reduce((y, place) => Math.max(y, place.y + place.height + GAP.y), top);
  return { x, y: isFree ? top : bottom };
}

/** The first connector of a node that leads nowhere yet. */
export function freeConnector({ nodes, edges }: Definition, id: string): string | undefined {
  const node = nodes[id];
  if (!node) return undefined;
  const used = new Set(edges.filter(({ from }) => from === id).map(({ connector }) => connector));
  return connectorsOf(node).find((connector) => !used.has(connector));
}

/** A connector leads to one node: what it led to before, it does not lead to any more. */
export function connect(definition: Definition, edge: GraphEdge): Definition {
  const target = definition.nodes[edge.to];
  if (!definition.nodes[edge.from] || !target || target.kind === 'trigger') return definition;
  const others = disconnect(definition, edge.from, edge.connector).edges;
  return { ...definition, edges: [...others, edge] };
}

export const disconnect = (definition: Definition, from: string, connector: string): Definition => ({
  ...definition,
  edges: definition.edges.filter((edge) => edge.from !== from || edge.connector !== connector),
});

/** Nodes go with the edges that lead to or from them. */
export function removeNodes(definition: Definition, ids: readonly string[]): Definition {
  const gone = new Set(ids);
  const without = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)));
  return {
    ...definition,
    nodes: without(definition.nodes),
    layout: without(definition.layout),
    edges: definition.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
  };
}

/** Puts another node in the place of one; edges by connectors that it lacks go. */
export function changeNode(definition: Definition, id: string, node: GraphNode): Definition {
  const connectors = new Set(connectorsOf(node));
  return {
    ...definition,
    nodes: { ...definition.nodes, [id]: node },
    edges: definition.edges.filter(({ from, connector }) => from !== id || connectors.has(connector)),
  };
}

export const moveNodes = (definition: Definition, moved: Readonly<Record<string, Position>>): Definition => ({
  ...definition,
  layout: {
    ...definition.layout,
    ...Object.fromEntries(Object.entries(moved).map(([id, position]) => [id, rounded(position)])),
  },
});

const rounded = ({ x, y }: Position): Position => ({ x: Math.round(x), y: Math.round(y) });

/** Nodes that were copied, with the edges among them. */
export type Clipping = Pick<Definition, 'nodes' | 'edges' | 'layout'>;

export function clip({ nodes, edges, layout }: Definition, ids: readonly string[]): Clipping {
  const taken = new Set(ids.filter((id) => Object.hasOwn(nodes, id)));
  const only = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([id]) => taken.has(id)));
  return {
    nodes: only(nodes),
    layout: only(layout),
    edges: edges.filter(({ from, to }) => taken.has(from) && taken.has(to)),
  };
}

const PASTE_OFFSET = 48;

/** @returns the ids of the new nodes as well. A second trigger is not pasted: a journey has one. */
export function paste(
  definition: Definition,
  { nodes, edges, layout }: Clipping,
): { readonly definition: Definition; readonly ids: readonly string[] } {
  const hasTrigger = Object.values(definition.nodes).some(({ kind }) => kind === 'trigger');
  const renamed = new Map<string, string>();
  const all = { ...definition.nodes };
  const places = { ...definition.layout };
  for (const [id, node] of Object.entries(nodes)) {
    if (node.kind === 'trigger' && hasTrigger) continue;
    const fresh = freeId(all, id);
    renamed.set(id, fresh);
    all[fresh] = node;
    const { x, y } = layout[id] ?? { x: 0, y: 0 };
    places[fresh] = { x: x + PASTE_OFFSET, y: y + PASTE_OFFSET };
  }
  const added = edges.flatMap(({ from, connector, to }) => {
    const [start, end] = [renamed.get(from), renamed.get(to)];
    return start !== undefined && end !== undefined ? [{ from: start, connector, to: end }] : [];
  });
  return {
    definition: { ...definition, nodes: all, layout: places, edges: [...definition.edges, ...added] },
    ids: [...renamed.values()],
  };
}
