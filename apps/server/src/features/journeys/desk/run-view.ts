import type { JourneyRun } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { iso } from './rows.ts';

interface Row {
  kind: JourneyRun['kind'];
  nextAt: Date | null;
  forTime: Date | null;
  looked: number;
  entered: number;
  last: JourneyRun['last'];
}

/** How far a journey has come looking at players; null when its trigger looks at nobody. */
export async function findRun(db: Queryable, journeyId: string): Promise<JourneyRun | null> {
  const { rows } = await db.query<Row>(
    `select kind, next_at as "nextAt", for_time as "forTime", looked, entered, last
     from journey_runs where journey_id = $1`,
    [journeyId],
  );
  const [row] = rows;
  if (!row) return null;
  const { kind, nextAt, forTime, looked, entered, last } = row;
  const underWay = forTime && { forTime: forTime.toISOString(), looked, entered };
  return { kind, nextAt: underWay ? null : iso(nextAt), underWay, last };
}
