import type { Facts, Rule } from '../rules/index.ts';

function valueAt(facts: Facts, name: string): unknown {
  let value: unknown = facts;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return null;
    value = (value as Facts)[part];
  }
  return value ?? null;
}

/** The facts a rule reads with the values they had, by full name; a missing fact is null. */
export function factsRead(rule: Rule, facts: Facts): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of rule.facts) read[name] = valueAt(facts, name);
  return read;
}

/** The opposite of {@link factsRead}: a facts object from full names, for evaluating a rule again. */
export function factsFrom(read: Readonly<Record<string, unknown>>): Facts {
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(read)) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let at = facts;
    for (const part of parts) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return facts;
}
