import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';
import { type LinkGraph, neighboursOf } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where nodes are, by their ids; no unit but that of the drawing. */
export type Places = ReadonlyMap<string, Point>;

interface Body extends SimulationNodeDatum {
  readonly id: string;
}

interface Link extends SimulationLinkDatum<Body> {
  readonly isStrong: boolean;
}

/** Nodes finding their places, a few steps at a time, so that a page stays alive meanwhile. */
export interface Settling {
  /** @returns false once nothing moves any more. */
  step(): boolean;
  places(): Places;
}

/** Of a strong link, and of one that only says that two were in the same network. */
const STRONG = { length: 40, pull: 0.7 };
const WEAK = { length: 170, pull: 0.06 };
const NODE = 13;
/** Further off, nodes leave each other alone. */
const REACH = 500;
const PUSH = -190;
/** To the middle: less to the sides, for screens are wide. */
const PULL = { x: 0.028, y: 0.06 };
/** A graph that grew begins less restless, so that one finds again what one looked at. */
const GROWN = 0.45;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Lets a graph settle: what is linked comes together, everything else keeps apart. The same graph settles the same way.
 * @param known places to begin with; who is new begins beside somebody linked.
 */
export function settle(graph: LinkGraph, known: Places = new Map()): Settling {
  const bodies = begin(graph, known);
  const links: Link[] = graph.edges.map(({ player, identifier, isStrong }) => ({
    ...{ source: player, target: identifier, isStrong },
  }));
  const isGrown = bodies.some(({ id }) => known.has(id));
  const simulation = forceSimulation(bodies)
    .alpha(isGrown ? GROWN : 1)
    .force(
      'link',
      forceLink<Body, Link>(links)
        .id(({ id }) => id)
        .distance(({ isStrong }) => (isStrong ? STRONG : WEAK).length)
        .strength(({ isStrong }) => (isStrong ? STRONG : WEAK).pull),
    )
    .force('push', forceManyBody<Body>().strength(PUSH).distanceMax(REACH))
    .force('apart', forceCollide<Body>(NODE))
    .force('x', forceX<Body>().strength(PULL.x))
    .force('y', forceY<Body>().strength(PULL.y))
    .stop();
  return {
    step() {
      simulation.tick();
      return simulation.alpha() >= simulation.alphaMin();
    },
    places: () => new Map(bodies.map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
  };
}

function begin(graph: LinkGraph, known: Places): Body[] {
  const neighbours = neighboursOf(graph);
  return graph.nodes.map(({ id }, index) => {
    const place = known.get(id);
    if (place) return { id, ...place };
    const beside = neighbours.get(id)?.find((other) => known.has(other));
    const near = beside === undefined ? undefined : known.get(beside);
    // Without a place the simulation gives one.
    if (!near) return { id };
    const angle = index * GOLDEN_ANGLE;
    return {
      id,
      x: near.x + (STRONG.length / 2) * Math.cos(angle),
      y: near.y + (STRONG.length / 2) * Math.sin(angle),
    };
  });
}
