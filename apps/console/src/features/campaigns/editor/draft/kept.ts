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

const keyOf = (id: string | undefined): string => `promosmith.draft.${BRAND ?? ''}.${id ?? 'new'}`;

/** On this device, so that neither a closed tab nor a lost connection takes anything that was typed. */
export const keep = (id: string | undefined, kept: Kept): void => {
  localStorage.setItem(keyOf(id), JSON.stringify(kept));
};

export const forget = (id: string | undefined): void => localStorage.removeItem(keyOf(id));

export function recall(id: string | undefined): Kept | undefined {
  const text = localStorage.getItem(keyOf(id));
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
