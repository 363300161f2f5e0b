import type { PerformanceSort as Sort } from '@promosmith/contract';

/** What the table can be sorted by. */
export const SORTS = [
  'accepted',
  'tries',
  'refused',
  'acceptanceRate',
  'grants',
  'conversions',
  'granted',
  'cost',
  'deposits',
  'deposited',
] as const satisfies readonly Sort[];
