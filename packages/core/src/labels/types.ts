/** What a label tag puts into content. A number stays one, so that content may format it. */
export type LabelValue = string | number;

/** A value under a rule; the first condition that passes decides. */
export interface LabelCondition {
  /** CEL over the facts of the player and `now`. */
  readonly rule: string;
  readonly value: string;
}

/**
 * What a label tag is. `value` and `default` are of its kind: `text` a static text; `function` JavaScript whose last
 * expression is the value; `code` the id of a batch, of whose codes each message gets one.
 */
export interface LabelDefinition {
  readonly kind: LabelKind;
  readonly conditions: readonly LabelCondition[];
  /** Used when no condition passes. */
  readonly default: string;
}

export const LABEL_KINDS = ['text', 'function', 'code'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];
