/** Texts for machines, and what can be named in them. */

export { type Known, usePlayerFacts } from './facts.ts';
export type { InsertGroup } from './insert-menu.tsx';
export { RuleField } from './rule-field.tsx';
export { TextWithInsert } from './text-with-insert.tsx';
