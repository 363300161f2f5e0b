import { type CelInput, isCelError, run } from '@bufbuild/cel';
import { Environment, type ObjectSchema } from '@marcbachmann/cel-js';
import { compileRule } from '../compile.ts';
import { buildCatalogue, type Catalogue, type FactType } from '../facts.ts';
import type { Rule } from '../rule.ts';
import type { Facts } from '../runtime/frame.ts';
import type { Outcome } from '../types.ts';

/** A brand with one property of each type. */
export const catalogue: Catalogue = built();

function built(): Catalogue {
  const types: FactType[] = ['string', 'int', 'double', 'bool', 'timestamp', 'duration', 'list<int>'];
  const result = buildCatalogue(
    types.map((type) => ({ name: `a_${type.replace(/\W/g, '_').replace(/_$/, '')}`, type, label: type })),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.catalogue;
}

export function compiled(source: string): Rule {
  const result = compileRule(source, catalogue);
  if (!result.ok) throw new Error(`${source}: ${JSON.stringify(result.errors)}`);
  return result.rule;
}

/** What standard CEL makes of a rule; an error is unknown. */
export function standardOutcome(source: string, facts: Facts): Outcome {
  const bindings: Record<string, CelInput> = {};
  for (const [name, value] of Object.entries(facts)) {
    const converted = toCel(name, value);
    if (converted !== undefined) bindings[name] = converted;
  }
  for (const group of ['player', 'traffic', 'activation']) bindings[group] ??= new Map();
  const result = run(source, bindings);
  if (isCelError(result)) return 'unknown';
  if (typeof result === 'boolean') return result;
  throw new Error(`${source} is ${typeof result} in standard CEL`);
}

function toCel(name: string, value: unknown): CelInput | undefined {
  if (value === undefined || value === null) return undefined;
  switch (catalogue.byName.get(name)?.type) {
    case 'int':
      return BigInt(value as number);
    case 'list<int>':
      return (value as number[]).map(BigInt);
    case 'timestamp':
      return literal(`timestamp("${value instanceof Date ? value.toISOString() : value}")`);
    case 'duration':
      return literal(`duration("${value}")`);
    case undefined:
      return new Map(
        Object.entries(value as Facts).flatMap(([key, inner]) => {
          const converted = toCel(`${name}.${key}`, inner);
          return converted === undefined ? [] : [[key, converted] as const];
        }),
      );
    default:
      return value as CelInput;
  }
}

function literal(source: string): CelInput {
  const result = run(source);
  if (isCelError(result)) throw new Error(`${source}: ${result.message}`);
  return result as CelInput;
}

const CHECKED_TYPES: Partial<Record<FactType, string>> = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
};

function schemaOf(prefix: string): ObjectSchema {
  const schema: ObjectSchema = {};
  for (const { name, type } of catalogue.facts) {
    const [key = '', ...deeper] = name.startsWith(prefix) ? name.slice(prefix.length).split('.') : [];
    if (key !== '')
      schema[key] = deeper.length > 0 ? schemaOf(`${prefix}${key}.`) : (CHECKED_TYPES[type] ?? type);
  }
  return schema;
}

const checker = new Environment()
  .registerVariable('player', { schema: schemaOf('player.') })
  .registerVariable('traffic', { schema: schemaOf('traffic.') })
  .registerVariable('activation', { schema: schemaOf('activation.') })
  .registerVariable('now', 'google.protobuf.Timestamp');

/** The type a second CEL type checker gives an expression, or its complaint. */
export function checkedType(source: string): string {
  const result = checker.check(source);
  return result.type ?? result.error?.summary ?? 'invalid';
}
