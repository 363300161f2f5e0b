import type { Check } from './check.ts';
import { LIMIT_CHECKS } from './limit-checks.ts';
import { MONEY_CHECKS } from './money-checks.ts';
import { PAYOUT_CHECKS } from './payout-checks.ts';

/**
 * The invariants of DOMAIN §3. They span the tables of several features, which is their point, so they are the one
 * place that reads them all.
 */
export const CHECKS: readonly Check[] = [...MONEY_CHECKS, ...PAYOUT_CHECKS, ...LIMIT_CHECKS];
