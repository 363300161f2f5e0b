import type { Difference, ReconciliationResult } from '@promosmith/contract';
import { interrupted, type JobKind } from '../../../platform/jobs/index.ts';
import { CHECKS } from './checks.ts';
import { runCheck } from './reconcile.ts';

export const RECONCILIATION = 'ledger.reconcile';
export const CHECK_COUNT = CHECKS.length;

export type Reconciliation = JobKind<Record<string, never>, { differences: Difference[] }>;

/**
 * Reconciles the books of one brand, a check at a step. It changes nothing, so there is nothing to undo.
 * @param tell is told how it came out, once at least.
 */
export const reconciliation = (
  tell: (brandId: string, differences: readonly Difference[]) => void,
): Reconciliation => ({
  async run(job) {
    let differences = job.checkpoint?.differences ?? [];
    for (const [index, check] of CHECKS.entries()) {
      if (index < job.done) continue;
      const goOn = await job.step(async (tx) => {
        const found = [...differences, ...(await runCheck(tx, check, job.brandId))];
        differences = found;
        return { done: index + 1, checkpoint: { differences: found } };
      });
      if (!goOn) return interrupted;
    }
    tell(job.brandId, differences);
    const result: ReconciliationResult = { balanced: differences.length === 0, differences };
    return { outcome: 'finished', write: async () => ({ ...result }) };
  },
  undo: async () => ({ outcome: 'finished', write: async () => ({}) }),
});
