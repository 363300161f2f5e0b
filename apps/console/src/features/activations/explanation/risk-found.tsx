import { BANDS } from '@promosmith/core/risk';
import { BandBadge, Findings, findingsIn } from '../../../kit/risk/index.ts';
import classes from './check-list.module.css';
import type { Check } from './reading.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What indicators of abuse had found in the attempt, and what it led to; nothing when they found nothing. */
export function RiskFound({ check: { saw } }: { check: Check }) {
  const { band: told, score, findings } = isRecord(saw) ? saw : {};
  const band = BANDS.find((known) => known === told);
  if (!band) return null;
  return (
    <div className={classes.conditions}>
      <div>
        <BandBadge band={band} score={typeof score === 'number' ? score : null} />
      </div>
      <Findings of={findingsIn(findings)} />
    </div>
  );
}
