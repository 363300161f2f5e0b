import { isDeepStrictEqual } from 'node:util';
import type { JourneyChanges, JourneyDefinition, Product } from '@promosmith/contract';

/** A graph as it stood at one point: a version, or the draft. */
export interface Point {
  readonly definition: JourneyDefinition;
  readonly product: Product;
  /** Versions of the content it sends. */
  readonly contents: Readonly<Record<string, number>>;
}

/** What is different between two points. Where the editor shows nodes is no difference. */
export const changesBetween = (from: Point, to: Point): Omit<JourneyChanges, 'from' | 'to'> => ({
  nodes: nodeChanges(from.definition, to.definition),
  edges: edgeChanges(from.definition, to.definition),
  settings: differences(from.definition.settings, to.definition.settings).map(({ name, ...difference }) => ({
    field: name,
    ...difference,
  })),
  contents: contentChanges(from.contents, to.contents),
  product: from.product === to.product ? null : { before: from.product, after: to.product },
});

const nodeChanges = (from: JourneyDefinition, to: JourneyDefinition): JourneyChanges['nodes'] =>
  differences(from.nodes, to.nodes).map(({ name, ...difference }) => {
    const [before, after] = [from.nodes[name], to.nodes[name]];
    const fields = before && after ? differences(before, after).map((field) => field.name) : [];
    return { nodeId: name, ...difference, fields };
  });

function edgeChanges(from: JourneyDefinition, to: JourneyDefinition): JourneyChanges['edges'] {
  const without = (edges: JourneyDefinition['edges'], others: JourneyDefinition['edges']) =>
    edges.filter((edge) => !others.some((other) => isDeepStrictEqual(edge, other)));
  return [
    ...without(from.edges, to.edges).map((edge) => ({ change: 'removed' as const, edge })),
    ...without(to.edges, from.edges).map((edge) => ({ change: 'added' as const, edge })),
  ];
}

const contentChanges = (from: Point['contents'], to: Point['contents']): JourneyChanges['contents'] =>
  differences(from, to).map(({ name }) => ({
    contentId: name,
    before: from[name] ?? null,
    after: to[name] ?? null,
  }));

interface Difference {
  name: string;
  change: 'added' | 'removed' | 'changed';
  before?: unknown;
  after?: unknown;
}

/** The fields that two objects differ in: those of the first one, then those only the second one has. */
function differences(from: object, to: object): Difference[] {
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Difference[] => {
    if (!before.has(name)) return [{ name, change: 'added', after: after.get(name) }];
    if (!after.has(name)) return [{ name, change: 'removed', before: before.get(name) }];
    if (isDeepStrictEqual(before.get(name), after.get(name))) return [];
    return [{ name, change: 'changed', before: before.get(name), after: after.get(name) }];
  });
}
