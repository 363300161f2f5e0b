import type { ReconciliationResult } from '@promosmith/contract';
import type { RowOf } from '../../../api/index.ts';

export type Difference = ReconciliationResult['differences'][number];

export interface Outcome extends ReconciliationResult {
  readonly finishedAt: string | null;
}

/** What a comparison left; undefined while it runs, or when it did not come to an end. */
export function outcomeOf({ result, finishedAt }: RowOf<'listJobs'>): Outcome | undefined {
  if (!result || typeof result.balanced !== 'boolean' || !Array.isArray(result.differences)) return undefined;
  return { balanced: result.balanced, differences: result.differences as Difference[], finishedAt };
}
