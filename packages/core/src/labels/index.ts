/** Label tags: which value of a tag a player gets, what a value may be, and how random a function's values are. */
export {
  type CompiledLabel,
  choose,
  LABEL_NAME,
  type LabelChoice,
  type LabelReading,
  readLabel,
} from './label.ts';
export { LABEL_LIMITS } from './limits.ts';
export { shownOf, unprintable } from './printable.ts';
export { estimateRandomness, type Randomness } from './randomness.ts';
export {
  LABEL_KINDS,
  type LabelCondition,
  type LabelDefinition,
  type LabelKind,
  type LabelValue,
} from './types.ts';
