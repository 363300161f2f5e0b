import { expect, test } from 'vitest';
import type { Definition } from '../kinds.ts';
import { addCondition, changeCondition, moveCondition, removeCondition } from './conditions.ts';

const greeting: Definition = {
  kind: 'text',
  conditions: [
    { rule: 'player.country == "AT"', value: 'Servus' },
    { rule: 'player.language == "de"', value: 'Hallo' },
  ],
  default: 'Hello',
};
const valuesOf = ({ conditions }: Definition) => conditions.map(({ value }) => value);

test('conditions are changed, added below the others, moved and removed', () => {
  expect(valuesOf(changeCondition(greeting, 1, { value: 'Moin' }))).toEqual(['Servus', 'Moin']);
  expect(addCondition(greeting).conditions.at(-1)).toEqual({ rule: '', value: 'Hello' });
  expect(valuesOf(removeCondition(greeting, 0))).toEqual(['Hallo']);
  expect(valuesOf(moveCondition(greeting, 1, 0))).toEqual(['Hallo', 'Servus']);
});

test.each([-1, 2])('none is moved to %i, out of the list', (to) => {
  expect(moveCondition(greeting, 0, to)).toEqual(greeting);
});
