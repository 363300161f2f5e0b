/** A value templates can work with. Instants are RFC 3339 texts. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Everything a template can ask for, by its first word. */
export interface ScopeInput {
  /** Label tags by name, evaluated once for the message. */
  readonly label?: Readonly<Record<string, Json>>;
  /** The player: see `playerState`. */
  readonly state?: Readonly<Record<string, Json>>;
  /** The data of the last event that moved the enrolment. */
  readonly event?: Readonly<Record<string, Json>>;
  /** The data of earlier events, by the id of the journey's node. */
  readonly events?: Readonly<Record<string, Json>>;
  readonly brand?: Readonly<Record<string, Json>>;
  readonly message?: Readonly<Record<string, Json>>;
  /** Of webhooks alone: what stands in for secrets until a template has been rendered. */
  readonly secret?: Readonly<Record<string, Json>>;
}

declare const made: unique symbol;
/** Values as templates see them: what is null is not there. Made by {@link scopeOf}, once for a whole message. */
export type Scope = { readonly [name: string]: Json } & { readonly [made]: true };

/**
 * Leaves out what is null, at any depth, so that a missing value is the same wherever it is missing; elements of lists
 * keep their place. Nothing in a scope has a prototype: `constructor` and `__proto__` are names like any other.
 */
export function scopeOf(input: ScopeInput): Scope {
  const scope = bare();
  for (const [root, values] of Object.entries(input)) scope[root] = withoutNulls(values);
  return scope as Scope;
}

const bare = (): Record<string, Json> => Object.create(null);

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = bare();
  for (const [name, inner] of Object.entries(value)) if (inner !== null) kept[name] = withoutNulls(inner);
  return kept;
}
