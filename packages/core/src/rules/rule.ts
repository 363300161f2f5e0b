import type { Expression } from './expression.ts';
import type { Run } from './runtime/frame.ts';

/**
 * The and/or/not structure of a rule above its conditions. `&&` and `||` chains are flat.
 * `index` points into {@link Rule.conditions}.
 */
export type Logic =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Logic[] }
  | { readonly kind: 'not'; readonly part: Logic }
  | { readonly kind: 'choice'; readonly test: Logic; readonly yes: Logic; readonly no: Logic }
  | { readonly kind: 'condition'; readonly index: number };

/** Where an expression stands in the source, and its text. */
export type Place = {
  readonly source: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  /** 0-based, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
};

/** Which way the rule needs a condition: `false` under a `!`; `either` where it only picks a branch of `?:`. */
export type Wanted = boolean | 'either';

export type RuleCondition = {
  readonly expression: Expression;
  readonly place: Place;
  readonly wanted: Wanted;
};

/** A compiled, type-checked rule: make it once, when saved or loaded, and share it. */
export type Rule = {
  readonly source: string;
  /** Names of the facts it reads: what has to be loaded to decide it. */
  readonly facts: readonly string[];
  /** How it reads each of them. */
  readonly readers: ReadonlyMap<string, Run>;
  /** Its conditions in source order. */
  readonly conditions: readonly RuleCondition[];
  readonly logic: Logic;
  /** The whole rule as one closure: true, false, or undefined for unknown. */
  readonly run: Run;
};
