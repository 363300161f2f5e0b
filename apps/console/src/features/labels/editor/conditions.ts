import type { Definition } from '../kinds.ts';

/** Changes of the conditions of a label tag: the first that passes decides, so their order counts. */

export type Condition = Definition['conditions'][number];

export const changeCondition = (
  definition: Definition,
  at: number,
  patch: Partial<Condition>,
): Definition => ({
  ...definition,
  conditions: definition.conditions.map((one, place) => (place === at ? { ...one, ...patch } : one)),
});

/** A new one begins with the value there is without it. */
export const addCondition = (definition: Definition): Definition => ({
  ...definition,
  conditions: [...definition.conditions, { rule: '', value: definition.default }],
});

export const removeCondition = (definition: Definition, at: number): Definition => ({
  ...definition,
  conditions: definition.conditions.filter((_, place) => place !== at),
});

export function moveCondition(definition: Definition, at: number, to: number): Definition {
  const conditions = [...definition.conditions];
  if (to < 0 || to >= conditions.length) return definition;
  conditions.splice(to, 0, ...conditions.splice(at, 1));
  return { ...definition, conditions };
}
