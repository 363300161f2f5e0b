import type { Difference } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { Check } from './check.ts';
import { CHECKS } from './checks.ts';

/** Rows told of per check: enough to see what is wrong, however much is. */
const SHOWN = 20;

/** @param brandId null for all brands. */
export async function runCheck(
  db: Queryable,
  { name, sql }: Check,
  brandId: string | null,
): Promise<Difference[]> {
  const { rows } = await db.query<Omit<Difference, 'check'>>(`${sql} limit ${SHOWN}`, [brandId]);
  return rows.map((row) => ({ check: name, ...row }));
}

/**
 * Compares ledger, wallets, grants, counters, budgets and activations, all brands together. Reads everything, so it takes
 * its time on a large database; it locks nothing and may run beside live traffic.
 * @returns the rows that do not add up, at most twenty per check; empty when the books are right.
 */
export async function reconcile(db: Queryable): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const check of CHECKS) differences.push(...(await runCheck(db, check, null)));
  return differences;
}
