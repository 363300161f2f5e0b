/**
 * What a template may cost. Every limit is a count, not a time: the same template and values always end the same way,
 * on any machine.
 */
export const TEMPLATE_LIMITS = {
  /** UTF-16 units of a template's source. */
  source: 65_536,
  /** UTF-16 units of what a template renders to. */
  output: 262_144,
  /** UTF-16 units between the delimiters of one output or tag: what bounds how deep its expression can nest. */
  expression: 1_000,
  /** Tags inside each other. */
  depth: 20,
  /** Texts, outputs, tags and rounds of loops that one rendering may go through. */
  steps: 5_000,
  /** Characters and list elements that filters and ranges may make in one rendering. */
  memory: 500_000,
} as const;
