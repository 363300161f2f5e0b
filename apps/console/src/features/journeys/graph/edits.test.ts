import { describe, expect, it } from 'vitest';
import { drawn, edgesOf } from './drawing.testing.ts';
import {
  addNode,
  changeNode,
  clip,
  connect,
  disconnect,
  freeConnector,
  freeId,
  freeSpot,
  moveNodes,
  paste,
  removeNodes,
} from './edits.ts';
import { arranged, placed } from './layout.ts';

const flow = drawn({ start: 'trigger', popup: 'popup', shown: 'wait_event', bye: 'exit' }, [
  'start.next > popup',
  'popup.impression > shown',
  'shown.happened > bye',
]);

describe('an id', () => {
  it.each([
    ['popup', 'popup_2'],
    ['popup_2', 'popup_2'],
    ['sms', 'sms'],
    ['x'.repeat(60), 'x'.repeat(36)],
  ])('for %s is one that is free', (wanted, id) => {
    expect(freeId(flow.nodes, wanted)).toBe(id);
  });
});

describe('adding a node', () => {
  it('leads the first free connector of the one before to it', () => {
    const { definition, id } = addNode(flow, 'email', { x: 1.4, y: 2.6 }, 'popup');
    expect(id).toBe('email');
    expect(edgesOf(definition)).toEqual([...edgesOf(flow), 'popup.clicked > email']);
    expect(definition.layout.email).toEqual({ x: 1, y: 3 });
  });

  it('leads nothing to it where nothing is free', () => {
    expect(edgesOf(addNode(flow, 'email', { x: 0, y: 0 }, 'start').definition)).toEqual(edgesOf(flow));
    expect(edgesOf(addNode(flow, 'email', { x: 0, y: 0 }, 'bye').definition)).toEqual(edgesOf(flow));
  });

  it('finds a place that is free, to the right of the one before', () => {
    const all = placed(flow);
    const spot = freeSpot(all, 'start');
    const { x = 0, y = 0 } = all.layout.popup ?? {};
    expect(spot.x).toBe(x);
    expect(spot.y).toBeGreaterThan(y + 100);
    expect(freeSpot(all, 'bye').y).toBe(all.layout.bye?.y);
    expect(freeSpot(drawn({}, []), undefined)).toEqual({ x: 0, y: 0 });
  });
});

describe('connecting', () => {
  it('replaces where the connector led to', () => {
    const next = connect(flow, { from: 'start', connector: 'next', to: 'bye' });
    expect(edgesOf(next)).toEqual(['popup.impression > shown', 'shown.happened > bye', 'start.next > bye']);
    expect(edgesOf(disconnect(next, 'start', 'next'))).not.toContain('start.next > bye');
  });

  it('leads to no trigger, and to nothing that is not there', () => {
    expect(connect(flow, { from: 'shown', connector: 'timed_out', to: 'start' })).toBe(flow);
    expect(connect(flow, { from: 'shown', connector: 'timed_out', to: 'gone' })).toBe(flow);
  });

  it('knows which connector is free', () => {
    expect(freeConnector(flow, 'shown')).toBe('timed_out');
    expect(freeConnector(flow, 'start')).toBeUndefined();
    expect(freeConnector(flow, 'bye')).toBeUndefined();
  });
});

describe('removing', () => {
  it('takes edges to and from the node along', () => {
    const left = removeNodes(placed(flow), ['shown']);
    expect(Object.keys(left.nodes)).toEqual(['start', 'popup', 'bye']);
    expect(Object.keys(left.layout)).toEqual(['start', 'popup', 'bye']);
    expect(edgesOf(left)).toEqual(['start.next > popup']);
  });
});

describe('a split', () => {
  const split = drawn({ start: 'trigger', ab: 'split', one: 'exit', two: 'exit' }, [
    'start.next > ab',
    'ab.a > one',
    'ab.b > two',
  ]);

  it('loses the edge of a variant that is removed', () => {
    const { ab } = split.nodes;
    if (ab?.kind !== 'split') throw new Error('no split');
    const next = changeNode(split, 'ab', { ...ab, variants: ab.variants.slice(0, 1) });
    expect(edgesOf(next)).toEqual(['start.next > ab', 'ab.a > one']);
  });
});

describe('copying', () => {
  it('takes the edges among what is copied, under ids of their own', () => {
    const { definition, ids } = paste(placed(flow), clip(placed(flow), ['popup', 'shown']));
    expect(ids).toEqual(['popup_2', 'shown_2']);
    expect(edgesOf(definition)).toEqual([...edgesOf(flow), 'popup_2.impression > shown_2']);
    expect(definition.nodes.popup_2).toEqual(flow.nodes.popup);
    expect(definition.layout.popup_2).not.toEqual(definition.layout.popup);
  });

  it('pastes no second trigger', () => {
    expect(paste(flow, clip(flow, ['start'])).ids).toEqual([]);
    expect(paste(drawn({}, []), clip(flow, ['start'])).ids).toEqual(['start']);
  });
});

describe('places', () => {
  it('go from the left to the right, and no two cards overlap', () => {
    const places = arranged(flow);
    const xs = ['start', 'popup', 'shown', 'bye'].map((id) => places[id]?.x ?? Number.NaN);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set(xs).size).toBe(4);
  });

  it('that were chosen by hand stay', () => {
    const moved = moveNodes(flow, { popup: { x: 7.4, y: 900 } });
    expect(placed(moved).layout.popup).toEqual({ x: 7, y: 900 });
    expect(Object.keys(placed(moved).layout)).toHaveLength(4);
    const whole = placed(flow);
    expect(placed(whole)).toBe(whole);
  });
});
