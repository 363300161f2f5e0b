import type { Facts } from '../rules/index.ts';

/** Picks the facts a rule reads out of all there are, by full name; a missing fact is null. */
export type FactsReader = (facts: Facts) => Record<string, unknown>;

/** @param names full dotted names of the facts, as the compiled rule lists them. */
export function factsReader(names: readonly string[]): FactsReader {
  const paths = names.map((name) => [name, name.split('.')] as const);
  return (facts) => {
    const read: Record<string, unknown> = {};
    for (const [name, path] of paths) read[name] = valueAt(facts, path);
    return read;
  };
}

function valueAt(facts: Facts, path: readonly string[]): unknown {
  let value: unknown = facts;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return null;
    value = (value as Facts)[part];
  }
  return value ?? null;
}

/** The opposite of {@link factsReader}: a facts object from full names, for evaluating a rule again. */
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
