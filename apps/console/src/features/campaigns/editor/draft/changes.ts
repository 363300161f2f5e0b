import type { CampaignInput } from '@promosmith/contract';
import { FIELDS } from './definition.ts';

export type Field = (typeof FIELDS)[number];

/** The same, whatever order the keys stand in; what is undefined is not there. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}

/** The fields that differ. */
export const changedFields = (before: CampaignInput, after: CampaignInput): readonly Field[] =>
  FIELDS.filter((field) => !isSame(before[field], after[field]));

/** Those fields alone, as a change is sent. */
export const patchOf = (input: CampaignInput, fields: readonly Field[]): Partial<CampaignInput> =>
  Object.fromEntries(fields.map((field) => [field, input[field]]));

export interface Merge {
  /** Both changes together; where both changed the same field, what was typed here. */
  readonly merged: CampaignInput;
  /** What somebody else changed and was not touched here. */
  readonly theirs: readonly Field[];
  /** What both changed, each otherwise. */
  readonly both: readonly Field[];
}

/**
 * Brings together what was typed here and what somebody else saved meanwhile.
 * @param base what both began with.
 */
export function mergeChanges(base: CampaignInput, mine: CampaignInput, saved: CampaignInput): Merge {
  const here = new Set(changedFields(base, mine));
  const there = changedFields(base, saved).filter((field) => !isSame(mine[field], saved[field]));
  const theirs = there.filter((field) => !here.has(field));
  return {
    merged: { ...mine, ...patchOf(saved, theirs) },
    theirs,
    both: there.filter((field) => here.has(field)),
  };
}
