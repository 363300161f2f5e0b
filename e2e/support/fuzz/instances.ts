import fc from 'fast-check';
import type { Schema } from '../operations.ts';
import { REMARKABLE_INSTANTS, REMARKABLE_TEXTS } from './remarkable.ts';

/** Good values by the name of the field they are good for: ids of things that are there, a currency, a time zone. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

export interface InstanceOptions {
  known: Known;
  /** Only what is required, and nothing remarkable: an instance that is as likely as can be to be accepted. */
  plain?: boolean;
}

const ABSENT = Symbol('absent');

/** Optional in a schema, because of what else may be said instead of it; mostly refused when left out. */
const NEEDED: ReadonlySet<string> = new Set(['revision', 'player', 'scopes']);

/**
 * Values that fit a schema.
 * @param name of the field that holds the value: where known values go.
 */
export function instances(schema: Schema, name: string, options: InstanceOptions): fc.Arbitrary<unknown> {
  const good = (options.known[name] ?? []).filter((value) => fits(schema, value));
  if (good.length === 0) return anyInstance(schema, name, options);
  if (options.plain) return fc.constantFrom(...good);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: anyInstance(schema, name, options) },
  );
}

function anyInstance(schema: Schema, name: string, options: InstanceOptions): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf ?? typesOf(schema);
  if (alternatives) {
    const [first] = alternatives;
    if (options.plain && first) return instances(first, name, options);
    return fc.oneof(...alternatives.map((alternative) => instances(alternative, name, options)));
  }
  switch (schema.type) {
    case 'object':
      return objects(schema, options);
    case 'array':
      return lists(schema, name, options);
    case 'string':
      return strings(schema, options);
    case 'integer':
      return integers(schema, options);
    case 'number':
      return options.plain ? fc.constant(1) : fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return options.plain ? fc.constant('plain') : fc.jsonValue({ maxDepth: 3 });
  }
}

const typesOf = (schema: Schema): Schema[] | undefined =>
  Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : undefined;

function objects(schema: Schema, options: InstanceOptions): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.entries(properties).map(([name, inside]) => {
    const value = instances(inside, name, options);
    const field =
      required.includes(name) || NEEDED.has(name)
        ? value
        : options.plain
          ? fc.constant(ABSENT)
          : fc.oneof({ weight: 2, arbitrary: fc.constant(ABSENT) }, { weight: 1, arbitrary: value });
    return field.map((chosen) => (chosen === ABSENT ? [] : [[name, chosen] as const]));
  });
  if (typeof additionalProperties === 'object') {
    const size = options.plain ? 1 : 3;
    const entry = fc.tuple(
      instances(propertyNames ?? { type: 'string', minLength: 1 }, 'propertyName', options),
      instances(additionalProperties, 'propertyValue', options),
    );
    fields.push(
      fc
        .array(entry, { minLength: options.plain ? 1 : 0, maxLength: size })
        .map((entries) => entries.map(([key, value]) => [String(key), value] as const)),
    );
  }
  return fc.tuple(...fields).map((parts) => Object.fromEntries(parts.flat()));
}

function lists(schema: Schema, name: string, options: InstanceOptions): fc.Arbitrary<unknown> {
  const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const most = options.plain ? minItems : Math.min(maxItems, minItems + 3);
  return fc.array(instances(items, name, options), { minLength: minItems, maxLength: most });
}

const EMAIL = fc.constantFrom('anna@example.com', 'J.o.h.n+x@Googlemail.com', "o'neil@sub.example.org");
const BY_FORMAT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  email: EMAIL,
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  uri: fc.webUrl(),
};
const PLAIN_BY_FORMAT: Readonly<Record<string, string>> = {
  'date-time': '2026-03-01T10:00:00Z',
  date: '1990-04-12',
};

function strings(schema: Schema, options: InstanceOptions): fc.Arbitrary<string> {
  const { format = '', pattern, minLength = 0, maxLength = 1_000 } = schema;
  const plain = PLAIN_BY_FORMAT[format];
  if (plain !== undefined)
    return options.plain
      ? fc.constant(plain)
      : fc.oneof(
          fc.constant(plain),
          fc.constantFrom(...REMARKABLE_INSTANTS.filter((at) => fits(schema, at))),
        );
  const formatted = BY_FORMAT[format];
  if (formatted) return formatted;
  if (pattern) return fc.stringMatching(new RegExp(pattern)).filter((text) => fits(schema, text));
  if (options.plain) return fc.constant('plain text'.padEnd(minLength, 'x').slice(0, maxLength));
  const remarkable = REMARKABLE_TEXTS.filter((text) => fits(schema, text));
  return fc.oneof(
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 20) }),
    fc.constant('x'.repeat(maxLength)),
    ...(remarkable.length > 0 ? [fc.constantFrom(...remarkable)] : []),
  );
}

function integers({ minimum, maximum }: Schema, options: InstanceOptions): fc.Arbitrary<number> {
  const min = minimum ?? Number.MIN_SAFE_INTEGER;
  const max = maximum ?? Number.MAX_SAFE_INTEGER;
  if (options.plain) return fc.constant(Math.min(Math.max(min, 1), max));
  const least = Math.max(min, 0);
  const edges = [min, max, 0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1].filter(
    (edge) => edge >= min && edge <= max,
  );
  return fc.oneof(fc.constantFrom(...edges), fc.integer({ min: least, max: Math.min(max, least + 1_000) }));
}

/** Whether a value fits what the schema says of single values; objects and lists are taken as they are. */
function fits(schema: Schema, value: unknown): boolean {
  if ('const' in schema) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  const alternatives = schema.anyOf ?? schema.oneOf ?? typesOf(schema);
  if (alternatives) return alternatives.some((alternative) => fits(alternative, value));
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern = '' } = schema;
    if (schema.type !== 'string' && schema.type !== undefined) return false;
    return value.length >= minLength && value.length <= maxLength && new RegExp(pattern).test(value);
  }
  if (typeof value === 'number') {
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (schema.type === 'integer' && !Number.isSafeInteger(value)) return false;
    return (
      ['integer', 'number', undefined].includes(schema.type as string) && value >= minimum && value <= maximum
    );
  }
  if (Array.isArray(value)) return schema.type === 'array';
  if (typeof value === 'object' && value !== null) return schema.type === 'object';
  return schema.type === undefined || schema.type === (value === null ? 'null' : typeof value);
}

/** One plain instance, always the same. */
export function plainInstance(schema: Schema, known: Known): unknown {
  const [instance] = fc.sample(instances(schema, '', { known, plain: true }), { seed: 1, numRuns: 1 });
  return instance;
}
