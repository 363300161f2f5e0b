import { ok, type Result, refuse } from '@promosmith/core';
import type { Catalogue, Facts, FactType } from '@promosmith/core/rules';

/** Facts as a person writes them down: by name, instants as text. */
export type GivenFacts = Readonly<Record<string, unknown>>;

const PLAYER = 'player.';
const PROPERTY = 'player.properties.';

/**
 * Facts with some of them made up. null: there is none.
 * @param field where they were given, for refusals.
 */
export function withGiven(
  facts: Facts,
  given: GivenFacts,
  catalogue: Catalogue,
  field: string,
): Result<Facts> {
  const known = playerOf(facts);
  const player: Record<string, unknown> = { ...known, properties: { ...known.properties } };
  const properties = player.properties as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    const fact = catalogue.byName.get(name);
    const at = `${field}.${name}`;
    if (!fact || !name.startsWith(PLAYER)) return refuseFact(at, 'is no fact about players');
    const read = value === null ? null : READ[fact.type](value);
    if (read === undefined) return refuseFact(at, `is no ${fact.type}`);
    if (name.startsWith(PROPERTY)) properties[name.slice(PROPERTY.length)] = read;
    else player[name.slice(PLAYER.length)] = read;
  }
  return ok({ ...facts, player });
}

function playerOf(facts: Facts): Readonly<Record<string, unknown>> & { readonly properties: object } {
  const player = facts.player;
  if (typeof player !== 'object' || player === null) return { properties: {} };
  const properties = 'properties' in player ? player.properties : null;
  return { ...player, properties: typeof properties === 'object' && properties !== null ? properties : {} };
}

const refuseFact = (field: string, reason: string) =>
  refuse('invalid_request', `${field}: ${reason}`, [{ field, reason }]);

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const listOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown) =>
    Array.isArray(value) && value.every(is) ? value : undefined;

function instant(value: unknown): Date | undefined {
  const at = isText(value) ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** A value as rules read it; undefined when it is none of the type. */
const READ: Readonly<Record<FactType, (value: unknown) => unknown>> = {
  string: (value) => (isText(value) ? value : undefined),
  int: (value) => (Number.isSafeInteger(value) ? value : undefined),
  double: (value) => (isNumber(value) ? value : undefined),
  bool: (value) => (typeof value === 'boolean' ? value : undefined),
  timestamp: instant,
  duration: (value) => (isText(value) ? value : undefined),
  'list<string>': listOf(isText),
  'list<int>': listOf((value): value is number => Number.isSafeInteger(value)),
  'list<double>': listOf(isNumber),
};
