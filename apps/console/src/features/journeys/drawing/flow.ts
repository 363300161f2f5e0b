import { connectorsOf } from '@promosmith/core/journey';
import type { Edge, Node } from '@xyflow/react';
import type { Change } from '../graph/compare.ts';
import { walkingOrder } from '../graph/order.ts';
import { CARD_WIDTH, cardHeight } from '../graph/size.ts';
import type { Definition, GraphNode } from '../graph/types.ts';

const LABEL_HEIGHT = 21;

/** A way out of a node, as its card shows it. */
export interface Way {
  readonly connector: string;
  readonly label: string;
  readonly leads: boolean;
  /** How many left by it; undefined where nothing is counted. */
  readonly count?: number | undefined;
}

/** How a node or edge stands out. */
export type Tone = Change | 'walked' | 'here' | 'faded';

export interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly title: string;
  readonly kindName: string;
  readonly summary: string;
  readonly ways: readonly Way[];
  readonly errors: number;
  readonly warnings: number;
  /** Players who are at it. */
  readonly waiting?: number | undefined;
  readonly tone?: Tone | undefined;
  /** Says in words what the tone and the numbers show. */
  readonly note?: string | undefined;
  /** Whether connectors can be drawn. */
  readonly editable: boolean;
}
export type CardNode = Node<CardData, 'card'>;

export interface LineData extends Record<string, unknown> {
  readonly label: string;
  readonly count?: number | undefined;
  readonly tone?: Tone | undefined;
  readonly note?: string | undefined;
  /** How far its label stands from the middle, beside those of other edges between the same nodes. */
  readonly shift: number;
}
export type LineEdge = Edge<LineData, 'line'>;

/** What is to be said of a node or edge beside what it is. */
export interface Overlay {
  readonly toneOfNode?: (id: string) => Tone | undefined;
  readonly toneOfEdge?: (from: string, connector: string, to: string) => Tone | undefined;
  readonly waiting?: (id: string) => number | undefined;
  readonly left?: (id: string, connector: string) => number | undefined;
  readonly tally?: (id: string) => { readonly errors: number; readonly warnings: number } | undefined;
}

/** The words for what is drawn. */
export interface Words {
  title(id: string, node: GraphNode): string;
  kind(node: GraphNode): string;
  summary(node: GraphNode): string;
  connector(node: GraphNode, connector: string): string;
  tone(tone: Tone): string;
  waiting(count: number): string;
  problems(count: number): string;
}

interface Drawing {
  readonly nodes: CardNode[];
  readonly edges: LineEdge[];
}

/** What is written on it: the way that was walked is seen, and told to who does not see it. */
const noteOf = (tone: Tone | undefined, words: Words): string | undefined =>
  tone === undefined || tone === 'walked' || tone === 'faded' ? undefined : words.tone(tone);

/**
 * A definition as React Flow draws it, in the order players walk: the keys come to nodes in this order.
 * @param editable shows every connector; otherwise those that lead somewhere or that somebody left by.
 */
export function drawingOf(
  definition: Definition,
  words: Words,
  { editable, overlay = {} }: { editable: boolean; overlay?: Overlay },
): Drawing {
  const { nodes, edges, layout } = definition;
  const leads = new Set(edges.map(({ from, connector }) => `${from} ${connector}`));
  const order = walkingOrder(definition);
  const cards = order.flatMap((id): CardNode[] => {
    const node = nodes[id];
    if (!node) return [];
    const ways = connectorsOf(node)
      .map(
        (connector): Way => ({
          connector,
          label: words.connector(node, connector),
          leads: leads.has(`${id} ${connector}`),
          count: overlay.left?.(id, connector),
        }),
      )
      .filter((way) => editable || way.leads || (way.count ?? 0) > 0);
    const tone = overlay.toneOfNode?.(id);
    const waiting = overlay.waiting?.(id);
    const { errors, warnings } = overlay.tally?.(id) ?? { errors: 0, warnings: 0 };
    const title = words.title(id, node);
    const summary = words.summary(node);
    const notes = [
      tone && words.tone(tone),
      waiting ? words.waiting(waiting) : undefined,
      errors + warnings > 0 ? words.problems(errors + warnings) : undefined,
    ].filter((note) => note !== undefined);
    return [
      {
        id,
        type: 'card',
        position: layout[id] ?? { x: 0, y: 0 },
        width: CARD_WIDTH,
        height: cardHeight(ways.length),
        ariaLabel: [words.kind(node), title, summary, ...notes].filter((part) => part !== '').join('. '),
        data: {
          ...{ node, title, summary, ways, errors, warnings, waiting, tone, editable },
          kindName: words.kind(node),
          note: noteOf(tone, words),
        },
      },
    ];
  });
  const abreast = Map.groupBy(edges, ({ from, to }) => `${from} ${to}`);
  const leaving = Map.groupBy(edges, ({ from }) => from);
  const walked = order.flatMap((id) => leaving.get(id) ?? []);
  const lines = walked.flatMap(({ from, connector, to }): LineEdge[] => {
    const node = nodes[from];
    if (!node || !nodes[to]) return [];
    const tone = overlay.toneOfEdge?.(from, connector, to);
    const label = words.connector(node, connector);
    const side = abreast.get(`${from} ${to}`) ?? [];
    const nth = side.findIndex((one) => one.connector === connector);
    return [
      {
        id: `${from} ${connector} ${to}`,
        type: 'line',
        source: from,
        sourceHandle: connector,
        target: to,
        targetHandle: 'in',
        ariaLabel: `${words.title(from, node)} → ${label} → ${words.title(to, nodes[to])}`,
        data: {
          ...{ label, tone, note: noteOf(tone, words), count: overlay.left?.(from, connector) },
          shift: (nth - (side.length - 1) / 2) * LABEL_HEIGHT,
        },
      },
    ];
  });
  return { nodes: cards, edges: lines };
}
