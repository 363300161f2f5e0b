import { JourneyDefinition } from '@promosmith/contract';
import { expect, it, test } from 'vitest';
import type { z } from 'zod';
import { changesBetween, type Point } from './diff.ts';

const wait = { kind: 'wait_event', event: { source: 'event', name: 'login' } } as const;
const drawing: z.input<typeof JourneyDefinition> = {
  nodes: { start: { kind: 'trigger', on: { source: 'api' } }, wait },
  edges: [{ from: 'start', connector: 'next', to: 'wait' }],
};

const point = (change: Partial<typeof drawing> = {}, rest: Partial<Point> = {}): Point => ({
  definition: JourneyDefinition.parse({ ...drawing, ...change }),
  product: 'casino',
  contents: {},
  ...rest,
});

const none = { nodes: [], edges: [], settings: [], contents: [], product: null };

it('finds nothing between a graph and itself, wherever its nodes are shown', () => {
  expect(changesBetween(point(), point({ layout: { start: { x: 1, y: 2 } } }))).toEqual(none);
});

it('names the nodes that came, went and changed, and what changed in them', () => {
  const changes = changesBetween(
    point(),
    point({ nodes: { wait: { ...wait, timeoutMs: 1_000, name: 'Wait' }, end: { kind: 'exit' } } }),
  );
  expect(changes.nodes).toMatchObject([
    { nodeId: 'start', change: 'removed', before: { kind: 'trigger' }, fields: [] },
    {
      ...{ nodeId: 'wait', change: 'changed', fields: ['name', 'timeoutMs'] },
      ...{ before: { timeoutMs: null }, after: { timeoutMs: 1_000 } },
    },
    { nodeId: 'end', change: 'added', after: { kind: 'exit' }, fields: [] },
  ]);
  expect(changes.nodes[0]).not.toHaveProperty('after');
});

it('names another kind as a change of all that differs', () => {
  const changes = changesBetween(point(), point({ nodes: { ...drawing.nodes, wait: { kind: 'exit' } } }));
  expect(changes.nodes[0]?.fields).toEqual(['kind', 'event', 'timeoutMs']);
});

it('takes an edge that leads elsewhere for one removed and one added', () => {
  const edges = [{ from: 'start', connector: 'next', to: 'start' }];
  expect(changesBetween(point(), point({ edges })).edges).toEqual([
    { change: 'removed', edge: drawing.edges?.[0] },
    { change: 'added', edge: edges[0] },
  ]);
});

test('settings, content and product are compared too', () => {
  const before = point({}, { contents: { a: 1, b: 1, gone: 4 } });
  const after = point(
    { settings: { controlBps: 500 } },
    { contents: { a: 2, b: 1, c: 1 }, product: 'betting' },
  );
  expect(changesBetween(before, after)).toEqual({
    ...{ nodes: [], edges: [] },
    settings: [{ field: 'controlBps', change: 'changed', before: 0, after: 500 }],
    contents: [
      { contentId: 'a', before: 1, after: 2 },
      { contentId: 'gone', before: 4, after: null },
      { contentId: 'c', before: null, after: 1 },
    ],
    product: { before: 'casino', after: 'betting' },
  });
});
