/** What a label tag may be. */
export const LABEL_LIMITS = {
  /** UTF-16 units of a value: a static text, or what a function returns. */
  valueLength: 1_000,
  /** UTF-16 units of a function's source. */
  sourceLength: 16_384,
  conditions: 50,
} as const;
