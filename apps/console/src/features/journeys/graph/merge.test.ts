import { describe, expect, it } from 'vitest';
import { compare, same, united } from './compare.ts';
import { drawn, edgesOf } from './drawing.testing.ts';
import { changeNode, connect, disconnect, moveNodes, removeNodes } from './edits.ts';
import { merge } from './merge.ts';
import type { Definition } from './types.ts';

const base = drawn({ start: 'trigger', popup: 'popup', save: 'webhook', bye: 'exit' }, [
  'start.next > popup',
  'popup.clicked > save',
  'save.success > bye',
]);
const named = (definition: Definition, id: string, name: string): Definition => {
  const node = definition.nodes[id];
  if (!node) throw new Error(`no ${id}`);
  return changeNode(definition, id, { ...node, name });
};

describe('two changes of one graph', () => {
  it('are both kept when they are about different things', () => {
    const theirs = connect(named(base, 'popup', 'Theirs'), { from: 'save', connector: 'failure', to: 'bye' });
    const mine = moveNodes(named(base, 'save', 'Mine'), { save: { x: 5, y: 5 } });
    const { definition, overruled } = merge(base, theirs, mine);
    expect(overruled).toEqual([]);
    expect(definition.nodes.popup?.name).toBe('Theirs');
    expect(definition.nodes.save?.name).toBe('Mine');
    expect(edgesOf(definition)).toContain('save.failure > bye');
    expect(definition.layout).toEqual({ save: { x: 5, y: 5 } });
  });

  it('are mine where both are about the same, and it is said', () => {
    const theirs = connect(named(base, 'popup', 'Theirs'), { from: 'start', connector: 'next', to: 'save' });
    const mine = connect(named(base, 'popup', 'Mine'), { from: 'start', connector: 'next', to: 'bye' });
    const { definition, overruled } = merge(base, theirs, mine);
    expect(overruled).toEqual(['popup', 'start next']);
    expect(definition.nodes.popup?.name).toBe('Mine');
    expect(edgesOf(definition)).toContain('start.next > bye');
  });

  it('are not told as different when they are the same', () => {
    const both = named(base, 'popup', 'Both');
    expect(merge(base, both, named(base, 'popup', 'Both'))).toMatchObject({ overruled: [] });
  });

  it('leave no edge behind that leads to what the other removed', () => {
    const theirs = removeNodes(base, ['save']);
    const mine = connect(base, { from: 'popup', connector: 'dismissed', to: 'save' });
    const { definition } = merge(base, theirs, mine);
    expect(definition.nodes.save).toBeUndefined();
    expect(edgesOf(definition)).toEqual(['start.next > popup']);
  });

  it('keep a node that I changed and they removed', () => {
    const { definition, overruled } = merge(base, removeNodes(base, ['save']), named(base, 'save', 'Mine'));
    expect(definition.nodes.save?.name).toBe('Mine');
    expect(overruled).toEqual(['save']);
  });

  it('change settings one by one', () => {
    const theirs = { ...base, settings: { ...base.settings, entryCap: 10 } };
    const mine = { ...base, settings: { ...base.settings, controlBps: 500 } };
    expect(merge(base, theirs, mine).definition.settings).toEqual({
      ...base.settings,
      entryCap: 10,
      controlBps: 500,
    });
  });
});

describe('what is different', () => {
  it('is told by node, edge and setting; where nodes stand is nothing', () => {
    const after = moveNodes(disconnect(named(removeNodes(base, ['bye']), 'popup', 'New'), 'start', 'next'), {
      popup: { x: 1, y: 1 },
    });
    const { nodes, edges, settings } = compare(base, {
      ...after,
      settings: { ...after.settings, exitWhen: 'true' },
    });
    expect([...nodes]).toEqual([
      ['popup', 'changed'],
      ['bye', 'removed'],
    ]);
    expect([...edges.keys()]).toEqual(['start next popup', 'save success bye']);
    expect(settings).toEqual(['exitWhen']);
  });

  it('is drawn in one graph with what was removed', () => {
    const after = removeNodes(base, ['bye']);
    const both = united(base, after);
    expect(Object.keys(both.nodes).toSorted()).toEqual(['bye', 'popup', 'save', 'start']);
    expect(edgesOf(both)).toContain('save.success > bye');
  });

  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [[1, 2], [2, 1], false],
    [{ a: undefined }, {}, false],
    [[], {}, false],
    [null, {}, false],
    ['1', 1, false],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(same(one, other)).toBe(expected);
  });
});
