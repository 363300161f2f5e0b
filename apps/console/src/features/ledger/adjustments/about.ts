import type { RowOf } from '../../../api/index.ts';

export type Case = RowOf<'listAdjustments'>;

/** The bet of a round that was taken back, in minor units; undefined for other cases. */
export function betOf({ kind, detail }: Case): { stake: number; win: number } | undefined {
  const { stake, win } = detail;
  if (kind !== 'late_rollback' || typeof stake !== 'number' || typeof win !== 'number') return undefined;
  return { stake, win };
}

/** What a case is about, in minor units: of a round its stake, for of a bet of one's own money no part is the bonus's. */
export const aboutOf = (found: Case): number => betOf(found)?.stake ?? found.amount;
