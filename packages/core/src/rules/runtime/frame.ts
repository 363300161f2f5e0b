import type { Fact, FactType } from '../facts.ts';
import { RULE_LIMITS } from '../limits.ts';
import type { Problem, Scalar, Value } from '../types.ts';
import { inTimestampRange, parseDuration, parseTimestamp } from './time.ts';

/**
 * What a rule is asked about: one plain object shaped like the fact names (`{player: {country: 'DE'}, now: …}`).
 * - `string`, `bool`: as they are. `double`: a finite number.
 * - `int`: a safe integer, or a bigint in that range.
 * - `timestamp`: a `Date` (fastest), or RFC 3339 text, parsed when a condition first asks for it.
 * - `duration`: CEL text such as `36h`. Lists: arrays.
 * Absent and `null` mean the same: not known. A value of another type makes its conditions unknown.
 */
export type Facts = Readonly<Record<string, unknown>>;

/** The state of one evaluation. */
export type Frame = {
  readonly facts: Facts;
  /** Facts that needed converting, by slot, so that each is converted at most once per evaluation. */
  readonly converted: (Value | undefined)[];
  /** Loop variables by nesting level. */
  readonly locals: Scalar[];
  /** Steps left for the loops and patterns of the condition being evaluated. */
  steps: number;
  /** Where problems are noted; undefined on the quick path, which only needs the outcome. */
  readonly problems: Problem[] | undefined;
};

/** A compiled expression. `undefined` is the unknown of three-valued logic. */
export type Run = (frame: Frame) => Value | undefined;

export const newFrame = (facts: Facts, problems?: Problem[]): Frame => ({
  facts,
  converted: [],
  locals: [],
  steps: 0,
  problems,
});

/** Notes a problem and returns unknown. */
export function unknown(frame: Frame, kind: Problem['kind'], about: string): undefined {
  frame.problems?.push({ kind, about });
}

/** Takes steps from the budget; false when it is used up. */
export function charge(frame: Frame, steps: number): boolean {
  frame.steps -= steps;
  return frame.steps >= 0;
}

const tooLong = (raw: unknown): boolean =>
  (typeof raw === 'string' || Array.isArray(raw)) && raw.length > RULE_LIMITS.factLength;

/** Reads a raw fact; `undefined` when it isn't of the type. */
type Reader = (raw: unknown) => Value | undefined;

const readString: Reader = (raw) => (typeof raw === 'string' && !tooLong(raw) ? raw : undefined);

const readDouble: Reader = (raw) => (Number.isFinite(raw) ? (raw as number) : undefined);

const readInt: Reader = (raw) => {
  const number = typeof raw === 'bigint' ? Number(raw) : raw;
  return Number.isSafeInteger(number) ? (number as number) : undefined;
};

const readTimestamp: Reader = (raw) => {
  if (raw instanceof Date) return inTimestampRange(raw.getTime()) ? raw.getTime() : undefined;
  return typeof raw === 'string' ? parseTimestamp(raw) : undefined;
};

const readListOf =
  (readItem: Reader): Reader =>
  (raw) => {
    if (!Array.isArray(raw) || tooLong(raw)) return undefined;
    const list: Scalar[] = [];
    for (const item of raw) {
      const value = readItem(item);
      if (value === undefined || typeof value === 'object') return undefined;
      list.push(value);
    }
    return list;
  };

const READERS: Readonly<Record<FactType, Reader>> = {
  string: readString,
  int: readInt,
  double: readDouble,
  bool: (raw) => (typeof raw === 'boolean' ? raw : undefined),
  timestamp: readTimestamp,
  duration: (raw) => (typeof raw === 'string' ? parseDuration(raw) : undefined),
  'list<string>': readListOf(readString),
  'list<int>': readListOf(readInt),
  'list<double>': readListOf(readDouble),
};

const PLAIN: ReadonlySet<FactType> = new Set(['string', 'int', 'double', 'bool']);

function pick(facts: unknown, path: readonly string[]): unknown {
  let at = facts;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Facts)[key];
  }
  return at;
}

/** How a rule reads one fact; `slot` is its place among the converted facts of the rule. */
export function factReader(fact: Fact, slot: number): Run {
  const path = fact.name.split('.');
  const read = READERS[fact.type];
  const load: Run = (frame) => {
    const raw = pick(frame.facts, path);
    if (raw === undefined || raw === null) return unknown(frame, 'missing', fact.name);
    const value = read(raw);
    if (value !== undefined) return value;
    return unknown(frame, tooLong(raw) ? 'fact_too_long' : 'wrong_type', fact.name);
  };
  if (PLAIN.has(fact.type)) return load;
  return (frame) => {
    const known = frame.converted[slot];
    if (known !== undefined) return known;
    const value = load(frame);
    frame.converted[slot] = value;
    return value;
  };
}

/** `has(fact)`: false when it is absent, unknown when it is there but unusable. */
export function presence(fact: Fact, read: Run): Run {
  const path = fact.name.split('.');
  return (frame) => {
    const raw = pick(frame.facts, path);
    if (raw === undefined || raw === null) return false;
    return read(frame) === undefined ? undefined : true;
  };
}
