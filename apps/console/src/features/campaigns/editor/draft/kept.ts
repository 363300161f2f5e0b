import type { CampaignInput } from '@promosmith/contract';
import { BRAND } from '../../../../api/index.ts';

/** What was typed and is not on the server yet. */
export interface Kept {
  readonly values: CampaignInput;
  /** What the editor began with, and its revision: none of a campaign that was never saved. */
  readonly base: CampaignInput | null;
  readonly revision: number | null;
  /** ISO 8601 */
  readonly at: string;
}

const keyOf = (name: string): string => `promosmith.draft.${BRAND ?? ''}.${name}`;

/**
 * On this device, so that neither a closed tab nor a lost connection takes anything that was typed.
 * @param name of the campaign's own, its id; of one that was never saved, another.
 */
export const keep = (name: string, kept: Kept): void => {
  localStorage.setItem(keyOf(name), JSON.stringify(kept));
};

export const forget = (name: string): void => localStorage.removeItem(keyOf(name));

export function recall(name: string): Kept | undefined {
  const text = localStorage.getItem(keyOf(name));
  if (text === null) return undefined;
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'values' in value && 'revision' in value && 'at' in value;
