import { describe, expect, it } from 'vitest';
import type { Places } from './layout.ts';
import { bringIntoSight, fit, hullOf, labelsOf, move, nextTowards, zoomAt } from './view.ts';

const placesOf = (places: Record<string, [x: number, y: number]>): Places =>
  new Map(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }]));

const WINDOW = { width: 600, height: 400 };

describe('a view', () => {
  const places = placesOf({ a: [-1_000, -100], b: [1_000, 300] });
  it('fits everything in, in the middle', () => {
    const { x, y, scale } = fit(places, WINDOW);
    expect(-1_000 * scale + x).toBeCloseTo(48);
    expect(1_000 * scale + x).toBeCloseTo(552);
    expect(100 * scale + y).toBeCloseTo(200);
  });
  it('makes a single node no giant, and nothing no error', () => {
    expect(fit(placesOf({ a: [5, 5] }), WINDOW).scale).toBe(1.4);
    expect(fit(new Map(), WINDOW)).toEqual({ x: 300, y: 200, scale: 1 });
  });
  it('zooms at what is pointed at', () => {
    const view = { x: 30, y: 40, scale: 0.5 };
    const nearer = zoomAt(view, 2, { x: 130, y: 90 });
    // That point shows the place (200, 100), before and after.
    expect(nearer).toEqual({ x: 130 - 200, y: 90 - 100, scale: 1 });
    expect(zoomAt(nearer, 1_000, { x: 0, y: 0 }).scale).toBe(4);
    expect(zoomAt(nearer, 0.0001, { x: 0, y: 0 }).scale).toBe(0.1);
  });
  it('moves only as far as it takes to see something', () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(bringIntoSight(view, { x: 300, y: 200 }, WINDOW)).toEqual(view);
    expect(bringIntoSight(view, { x: 700, y: 10 }, WINDOW)).toEqual(move(view, { x: -148, y: 38 }));
  });
});

describe('labels', () => {
  const nodes = [
    { id: 'a', label: 'player-1', weight: 1 },
    { id: 'b', label: 'player-2', weight: 5 },
    { id: 'c', label: 'player-3', weight: 1 },
  ];
  const places = placesOf({ a: [0, 0], b: [20, 0], c: [200, 0] });
  it('do not cover each other, the weightiest first', () => {
    expect(labelsOf(nodes, places, { scale: 1, radius: 5 })).toEqual(new Set(['b', 'c']));
  });
  it('are all there near enough', () => {
    expect(labelsOf(nodes, places, { scale: 4, radius: 5 })).toEqual(new Set(['a', 'b', 'c']));
  });
  it('cover no node', () => {
    const below = placesOf({ a: [0, 0], b: [10, 14], c: [200, 0] });
    expect(labelsOf(nodes, below, { scale: 1, radius: 5 })).toEqual(new Set(['b', 'c']));
  });
  it('are fewer further off', () => {
    expect(labelsOf(nodes, places, { scale: 0.1, radius: 5 })).toEqual(new Set(['b']));
  });
});

describe('the next node', () => {
  const places = placesOf({ me: [0, 0], near: [40, 5], far: [90, 0], aside: [20, 19], above: [3, -50] });
  it.each([
    ['right', 'near'],
    ['up', 'above'],
    ['left', undefined],
    ['down', undefined],
  ] as const)('%s is %s', (direction, id) => expect(nextTowards(places, 'me', direction)).toBe(id));
  it('is found from anywhere', () => {
    expect(nextTowards(places, 'near', 'left')).toBe('aside');
    expect(nextTowards(places, 'nobody', 'left')).toBeUndefined();
  });
});

describe('a hull', () => {
  it('has the corners, and nothing from inside or on an edge', () => {
    const corners = hullOf([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
      { x: 5, y: 5 },
      { x: 5, y: 0 },
    ]);
    expect(corners).toEqual([
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ]);
  });
  it('of two points is the two', () => {
    expect(
      hullOf([
        { x: 3, y: 0 },
        { x: 1, y: 0 },
      ]),
    ).toEqual([
      { x: 1, y: 0 },
      { x: 3, y: 0 },
    ]);
  });
});
