import {
  listOf,
  type ProblemKind,
  type RuleType,
  SCALAR_TYPES,
  type ScalarType,
  type Value,
} from '../types.ts';
import { inDurationRange, inTimestampRange } from './time.ts';

/** One signature of an operator, function or method. */
export type Overload = {
  /** As written in a rule: `<=`, `size`, `startsWith`. */
  readonly name: string;
  readonly style: 'operator' | 'function' | 'method';
  /** Operand types; a method's receiver comes first. One or two. */
  readonly args: readonly RuleType[];
  readonly result: RuleType;
  /** Called with operands of exactly the declared types. */
  readonly apply: (left: Value, right: Value) => Value;
  /** Finds a result that can't stand; the expression is then unknown for that reason. */
  readonly check?: (result: Value, right: Value) => ProblemKind | undefined;
};

type Check = NonNullable<Overload['check']>;
type NumberPair = (left: number, right: number) => Value;
type TextPair = (left: string, right: string) => Value;

const overloads: Overload[] = [];

function define(
  name: string,
  style: Overload['style'],
  args: readonly RuleType[],
  result: RuleType,
  apply: Overload['apply'] | NumberPair | TextPair | ((list: readonly Value[], right: Value) => Value),
  check?: Check,
): void {
  // The type checker only ever hands an overload operands of its declared types.
  overloads.push({ name, style, args, result, apply: apply as Overload['apply'], ...(check && { check }) });
}

const divisible = (right: Value): ProblemKind | undefined => (right === 0 ? 'division_by_zero' : undefined);
const exact: Check = (result) => (Number.isSafeInteger(result) ? undefined : 'overflow');
const finite: Check = (result) => (Number.isFinite(result) ? undefined : 'overflow');
const inRange: Record<'timestamp' | 'duration', Check> = {
  timestamp: (result) => (inTimestampRange(result as number) ? undefined : 'overflow'),
  duration: (result) => (inDurationRange(result as number) ? undefined : 'overflow'),
};

const ORDER: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

for (const type of SCALAR_TYPES) {
  define('==', 'operator', [type, type], 'bool', (left: Value, right: Value) => left === right);
  define('!=', 'operator', [type, type], 'bool', (left: Value, right: Value) => left !== right);
  define('size', 'function', [listOf(type)], 'int', (list: readonly Value[]) => list.length);
  define('size', 'method', [listOf(type)], 'int', (list: readonly Value[]) => list.length);
}

const ordered: readonly (readonly [ScalarType, ScalarType])[] = [
  ['string', 'string'],
  ['int', 'int'],
  ['double', 'double'],
  ['int', 'double'],
  ['double', 'int'],
  ['timestamp', 'timestamp'],
  ['duration', 'duration'],
];
for (const [name, apply] of Object.entries(ORDER)) {
  for (const pair of ordered) define(name, 'operator', pair, 'bool', apply);
}

const add: NumberPair = (left, right) => left + right;
const subtract: NumberPair = (left, right) => left - right;
const multiply: NumberPair = (left, right) => left * right;
for (const [type, check] of [
  ['int', exact],
  ['double', finite],
] as const) {
  define('+', 'operator', [type, type], type, add, check);
  define('-', 'operator', [type, type], type, subtract, check);
  define('*', 'operator', [type, type], type, multiply, check);
  define('-', 'operator', [type], type, (value: number) => -value);
}
// Rounds towards zero; subtracting the remainder first keeps the quotient exact up to 2^53.
const divide: NumberPair = (left, right) => (left - (left % right)) / right;
define('/', 'operator', ['int', 'int'], 'int', divide, (_, right) => divisible(right));
define(
  '%',
  'operator',
  ['int', 'int'],
  'int',
  (left: number, right: number) => left % right,
  (_, right) => divisible(right),
);
define(
  '/',
  'operator',
  ['double', 'double'],
  'double',
  (left: number, right: number) => left / right,
  (result, right) => divisible(right) ?? finite(result, right),
);

define('+', 'operator', ['string', 'string'], 'string', (left: string, right: string) => left + right);
define('+', 'operator', ['timestamp', 'duration'], 'timestamp', add, inRange.timestamp);
define('+', 'operator', ['duration', 'timestamp'], 'timestamp', add, inRange.timestamp);
define('+', 'operator', ['duration', 'duration'], 'duration', add, inRange.duration);
define('-', 'operator', ['timestamp', 'duration'], 'timestamp', subtract, inRange.timestamp);
define('-', 'operator', ['timestamp', 'timestamp'], 'duration', subtract, inRange.duration);
define('-', 'operator', ['duration', 'duration'], 'duration', subtract, inRange.duration);

const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
define('size', 'function', ['string'], 'int', codePoints);
define('size', 'method', ['string'], 'int', codePoints);
define('startsWith', 'method', ['string', 'string'], 'bool', (text: string, start: string) =>
  text.startsWith(start),
);
define('endsWith', 'method', ['string', 'string'], 'bool', (text: string, end: string) => text.endsWith(end));
define('contains', 'method', ['string', 'string'], 'bool', (text: string, part: string) =>
  text.includes(part),
);
define('double', 'function', ['int'], 'double', (value: number) => value);
define('int', 'function', ['double'], 'int', (value: number) => Math.trunc(value), exact);

/**
 * Every signature rules may use, all of them CEL's own. Differences in result from standard CEL, by choice: an int beyond
 * ±(2^53 − 1), and a double division by zero or overflow, are unknown instead of a 64-bit value or infinity.
 * Written elsewhere because they are more than a function of values: `&& || ! ?: in`, `has`, `exists`, `exists_one`, `all`,
 * and the literal forms `matches("…")`, `timestamp("…")`, `duration("…")`.
 */
export const OVERLOADS: readonly Overload[] = overloads;

const key = (style: string, name: string, args: readonly RuleType[]) => `${style} ${name}(${args.join()})`;
const BY_SIGNATURE = new Map(
  OVERLOADS.map((overload) => [key(overload.style, overload.name, overload.args), overload]),
);

export const findOverload = (
  style: Overload['style'],
  name: string,
  args: readonly RuleType[],
): Overload | undefined => BY_SIGNATURE.get(key(style, name, args));
