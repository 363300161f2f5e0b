import type { Difference } from '@promosmith/contract';
import type { Logger } from 'pino';
import type { Metrics } from '../../../platform/metrics.ts';

/** Says aloud how reconciliations come out: books that do not add up are for somebody to look at now. */
export function createAlert(log: Logger, metrics: Metrics) {
  const runs = metrics.counter(
    'promosmith_ledger_reconciliations_total',
    'Comparisons of the books with everything that happened',
    ['outcome'],
  );
  return (brandId: string, differences: readonly Difference[]): void => {
    runs.inc({ outcome: differences.length === 0 ? 'balanced' : 'different' });
    if (differences.length > 0) log.error({ brandId, differences }, 'the books do not add up');
  };
}
