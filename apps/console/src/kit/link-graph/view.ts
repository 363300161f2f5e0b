import type { Places, Point } from './layout.ts';

/** How the drawing is looked at: `screen = place * scale + (x, y)`. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Of what it is looked at in, CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.1;
const MOST = 4;
/** A handful of nodes would look huge otherwise. */
const LARGEST_FIT = 1.4;
const MARGIN = 48;

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** So that everything is seen. */
export function fit(places: Places, { width, height }: Size): View {
  if (places.size === 0) return { x: width / 2, y: height / 2, scale: 1 };
  const all = [...places.values()];
  const [left, right] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))];
  const scale = clamp(
    Math.min(
      (width - 2 * MARGIN) / Math.max(right - left, 1),
      (height - 2 * MARGIN) / Math.max(bottom - top, 1),
    ),
    LEAST,
    LARGEST_FIT,
  );
  return {
    x: width / 2 - ((left + right) / 2) * scale,
    y: height / 2 - ((top + bottom) / 2) * scale,
    scale,
  };
}

/** Nearer or further, with what is at a point of the screen staying there. */
export function zoomAt({ x, y, scale }: View, times: number, at: Point): View {
  const next = clamp(scale * times, LEAST, MOST);
  const by = next / scale;
  return { x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by, scale: next };
}

export const move = ({ x, y, scale }: View, by: Point): View => ({ x: x + by.x, y: y + by.y, scale });

const toScreen = ({ x, y, scale }: View, place: Point): Point => ({
  x: place.x * scale + x,
  y: place.y * scale + y,
});

/** So that a place is in sight, moved no more than that takes. */
export function bringIntoSight(view: View, place: Point, { width, height }: Size): View {
  const { x, y } = toScreen(view, place);
  return move(view, {
    x: clamp(x, MARGIN, Math.max(width - MARGIN, MARGIN)) - x,
    y: clamp(y, MARGIN, Math.max(height - MARGIN, MARGIN)) - y,
  });
}

interface Labelled {
  readonly id: string;
  readonly label: string;
  /** Who has more is labelled sooner. */
  readonly weight: number;
}

const LETTER = 6.4;
const LINE = 14;
/** Between a node and its label. */
const GAP = 3;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (one: Box, other: Box): boolean =>
  one.right > other.left && one.left < other.right && one.bottom > other.top && one.top < other.bottom;

/**
 * The nodes whose labels can be read without covering another label or node: the nearer one looks, the more of them.
 * @param radius of a node, pixels.
 */
export function labelsOf(
  nodes: readonly Labelled[],
  places: Places,
  { scale, radius }: { readonly scale: number; readonly radius: number },
): Set<string> {
  const found = nodes
    .flatMap(({ id, label, weight }) => {
      const place = places.get(id);
      return place ? [{ id, label, weight, x: place.x * scale, y: place.y * scale }] : [];
    })
    .toSorted((one, other) => other.weight - one.weight);
  const taken: Box[] = found.map(({ x, y }) => ({
    ...{ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius },
  }));
  const shown = new Set<string>();
  for (const { id, label, x, y } of found) {
    const half = (label.length * LETTER) / 2;
    const top = y + radius + GAP;
    const box = { left: x - half, right: x + half, top, bottom: top + LINE };
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    shown.add(id);
  }
  return shown;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

const AHEAD: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** How much further something seems for each unit that it lies off the direction. */
const OFF = 2;

/** The next node that way: the nearest, and rather straight ahead than aside. Undefined where there is none. */
export function nextTowards(places: Places, from: string, direction: Direction): string | undefined {
  const here = places.get(from);
  if (!here) return undefined;
  const ahead = AHEAD[direction];
  let best: { id: string; far: number } | undefined;
  for (const [id, { x, y }] of places) {
    const [dx, dy] = [x - here.x, y - here.y];
    const along = dx * ahead.x + dy * ahead.y;
    const aside = Math.abs(dx * ahead.y) + Math.abs(dy * ahead.x);
    // Within 45 degrees to either side is that way.
    if (id === from || along <= 0 || aside > along) continue;
    const far = along + OFF * aside;
    if (!best || far < best.far) best = { id, far };
  }
  return best?.id;
}

/** The corners of the smallest convex shape around points, in order. */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((one, other) => one.x - other.x || one.y - other.y);
  if (sorted.length < 3) return sorted;
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

/** One side of the hull, without its end, which the other side begins with. */
function chain(sorted: readonly Point[]): Point[] {
  const corners: Point[] = [];
  for (const point of sorted) {
    for (;;) {
      const [before, last] = corners.slice(-2);
      if (!before || !last) break;
      const turn = (last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x);
      if (turn > 0) break;
      corners.pop();
    }
    corners.push(point);
  }
  return corners.slice(0, -1);
}
