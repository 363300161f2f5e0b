import type { Queryable } from '../../../platform/db.ts';
import { CHECKS } from './checks.ts';

/** Rows told of per check: enough to see what is wrong, however much is. */
const SHOWN = 20;

/** One row that breaks an invariant of the books. */
export interface Difference {
  readonly check: string;
  /** Id of the posting, grant, counter or activation it is about. */
  readonly subject: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Compares postings, grants, counters, budgets and activations, all brands together. Reads everything, so it takes
 * its time on a large database; it locks nothing and may run beside live traffic.
 * @returns the rows that do not add up, at most twenty per check; empty when the books are right.
 */
export async function reconcile(db: Queryable): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { name, sql } of CHECKS) {
    const { rows } = await db.query<Omit<Difference, 'check'>>(`${sql} limit ${SHOWN}`);
    differences.push(...rows.map((row) => ({ check: name, ...row })));
  }
  return differences;
}
