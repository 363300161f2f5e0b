import { expect, it } from 'vitest';
import { conditionsOf, isMet, wayOf } from './audience.ts';

const need = { fact: 'player.vip_level', saw: 2, op: '>=', value: 3, gap: 1 };
const condition = {
  ...{ source: 'player.vip_level >= 3', outcome: false as const, wanted: true as const },
  ...{ saw: { 'player.vip_level': 2 }, need },
};

it('reads the conditions that an audience rule came with', () => {
  expect(conditionsOf({ outcome: false, conditions: [condition] })).toEqual([condition]);
  expect(conditionsOf({ 'player.vip_level': 2 })).toEqual([]);
  expect(conditionsOf(null)).toEqual([]);
  expect(conditionsOf({ conditions: [null, 'x', {}] })).toEqual([]);
});

it.each([
  [{ outcome: true, wanted: true }, true],
  [{ outcome: true, wanted: false }, false],
  [{ outcome: false, wanted: false }, true],
  [{ outcome: 'unknown', wanted: true }, false],
  [{ outcome: 'unknown', wanted: 'either' }, false],
  [{ outcome: false, wanted: 'either' }, true],
] as const)('%j is met: %s', (came, met) => {
  expect(isMet({ ...condition, ...came })).toBe(met);
});

it('reads ways, and nothing that is none', () => {
  const step = { kind: 'step', condition: 0, need };
  expect(wayOf(step)).toBe(step);
  const all = { kind: 'all', ways: [step, { kind: 'any', ways: [step] }] };
  expect(wayOf(all)).toBe(all);
  expect(wayOf({ kind: 'all', ways: [{}] })).toBeUndefined();
  expect(wayOf('below 5')).toBeUndefined();
  expect(wayOf(undefined)).toBeUndefined();
});
