/** A player, or something that players have in common: a device, a means of payment, an address. */
export interface LinkNode {
  readonly id: string;
  /** `player`, or the kind of the identifier. */
  readonly kind: string;
  /** A player's own id at the platform; of an identifier a hint that gives nothing away. */
  readonly label: string;
  /** Of an identifier: the players who have it, also those who are not drawn. */
  readonly players?: number;
  /** Of a player: the points that speak against them. */
  readonly score?: number | null;
}

/** That a player has an identifier. */
export interface LinkEdge {
  readonly player: string;
  readonly identifier: string;
  /** Whether it makes the two one cluster: a network's address does not. */
  readonly isStrong: boolean;
}

export interface LinkGraph {
  readonly nodes: readonly LinkNode[];
  readonly edges: readonly LinkEdge[];
}

export const PLAYER = 'player';

export const edgeKey = ({ player, identifier }: LinkEdge): string => `${player} ${identifier}`;

/** Both together; of what is in both, as the later one tells it. */
export function join(one: LinkGraph, other: LinkGraph): LinkGraph {
  const nodes = new Map([...one.nodes, ...other.nodes].map((node) => [node.id, node]));
  const edges = new Map([...one.edges, ...other.edges].map((edge) => [edgeKey(edge), edge]));
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Without identifiers that only one player has: they link nobody, and a picture is to be read. */
export function withoutLone({ nodes, edges }: LinkGraph): LinkGraph {
  const kept = nodes.filter(({ kind, players }) => kind === PLAYER || players === undefined || players > 1);
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ identifier }) => ids.has(identifier)) };
}

export type Neighbours = ReadonlyMap<string, readonly string[]>;

/** What each node is linked with, directly. */
export function neighboursOf({ nodes, edges }: LinkGraph): Neighbours {
  const found = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { player, identifier } of edges) {
    found.get(player)?.push(identifier);
    found.get(identifier)?.push(player);
  }
  return found;
}

/** Everything that can be reached from some nodes. */
function reach(from: readonly string[], neighbours: Neighbours): Set<string> {
  const reached = new Set(from);
  // A set is gone through in the order of what is added to it, also of what is added meanwhile.
  for (const id of reached) for (const next of neighbours.get(id) ?? []) reached.add(next);
  return reached;
}

/** Without what hangs on a node alone, as seen from where the graph began; the node itself stays. */
export function foldAt(graph: LinkGraph, id: string, start: string): LinkGraph {
  const neighbours = neighboursOf(graph);
  const kept = reach([start], new Map([...neighbours, [id, []]]));
  kept.add(id);
  return {
    nodes: graph.nodes.filter((node) => kept.has(node.id)),
    edges: graph.edges.filter(({ player, identifier }) => kept.has(player) && kept.has(identifier)),
  };
}

/** A group of players that strong links make one. */
export interface Cluster {
  /** `A` is the largest; after `Z` comes `AA`. */
  readonly name: string;
  readonly nodes: readonly string[];
  readonly players: number;
}

const LETTERS = 26;

export const nameOf = (place: number): string => {
  const letter = String.fromCharCode(65 + (place % LETTERS));
  return place < LETTERS ? letter : `${nameOf(Math.floor(place / LETTERS) - 1)}${letter}`;
};

/** The groups of two players and more, the largest first. */
export function clustersOf(graph: LinkGraph): Cluster[] {
  const strong = neighboursOf({ ...graph, edges: graph.edges.filter(({ isStrong }) => isStrong) });
  const isPlayer = new Set(graph.nodes.filter(({ kind }) => kind === PLAYER).map(({ id }) => id));
  const seen = new Set<string>();
  const groups: string[][] = [];
  for (const { id } of graph.nodes) {
    if (seen.has(id)) continue;
    const group = [...reach([id], strong)];
    for (const one of group) seen.add(one);
    groups.push(group);
  }
  return groups
    .map((nodes) => ({ nodes, players: nodes.filter((id) => isPlayer.has(id)).length }))
    .filter(({ players }) => players > 1)
    .toSorted((one, other) => other.players - one.players || other.nodes.length - one.nodes.length)
    .map((cluster, place) => ({ ...cluster, name: nameOf(place) }));
}
