/**
 * Cost caps of a rule. CEL has no loops without bound, but rules are typed in by staff and run for every activation, so
 * each dimension that could make one slow is capped: the first block at save, the second while it runs.
 */
export const RULE_LIMITS = {
  /** UTF-16 units of source text. */
  sourceLength: 4_096,
  /** Nodes of the syntax tree. */
  nodes: 500,
  /** Parentheses, calls and brackets inside one another. */
  depth: 24,
  /** Elements of one list literal. */
  listElements: 300,
  /** `exists`, `exists_one`, `all` inside one another. */
  loopNesting: 2,
  /** `?:` inside one another; the nearest way to pass doubles with each level. */
  choiceNesting: 3,
  /** UTF-16 units of a `matches` pattern. */
  patternLength: 200,
  /** Instructions of a compiled pattern; `{m,n}` is unrolled. */
  patternSize: 500,

  /** Elements of a list fact, and UTF-16 units of a text fact; a longer one makes its conditions unknown. */
  factLength: 1_000,
  /** Steps (about 5 ns each) all loops and patterns of a rule may take together, shared equally between its conditions. */
  steps: 200_000,
} as const;
