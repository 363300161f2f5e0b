/** Types a single value can have in a rule. */
export const SCALAR_TYPES = ['string', 'int', 'double', 'bool', 'timestamp', 'duration'] as const;

export type ScalarType = (typeof SCALAR_TYPES)[number];
export type ListType = `list<${ScalarType}>`;
/** CEL types rules work with. Maps, bytes, uint, `null` and `dyn` are left out: no fact has them. */
export type RuleType = ScalarType | ListType;

export type Scalar = string | number | boolean;
/**
 * A value while a rule runs. `int` and `double` are numbers (an int is always a safe integer), `timestamp` is
 * epoch milliseconds, `duration` is milliseconds.
 */
export type Value = Scalar | readonly Scalar[];

/** Three-valued (Kleene) result: `unknown` when a fact that decides is missing or unusable. */
export type Outcome = boolean | 'unknown';

export type ProblemKind =
  | 'missing'
  | 'wrong_type'
  | 'fact_too_long'
  | 'division_by_zero'
  | 'overflow'
  | 'too_many_steps';

/** Why a condition is unknown. `about` is a fact name, or the source text of the expression that failed. */
export type Problem = { readonly kind: ProblemKind; readonly about: string };

/** A stretch of the rule's source text, in UTF-16 units from 0; `end` is exclusive. */
export type Span = { readonly start: number; readonly end: number };

export const isList = (type: RuleType): type is ListType => type.startsWith('list<');

export const listOf = (type: ScalarType): ListType => `list<${type}>`;

export function elementType(type: ListType): ScalarType {
  const inner = type.slice('list<'.length, -1);
  return SCALAR_TYPES.find((candidate) => candidate === inner) ?? 'string';
}
