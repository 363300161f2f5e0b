import type { JourneyStatus } from '@promosmith/contract';
import type { Millis } from '@promosmith/core/activation';
import type { Held } from '@promosmith/core/journey';
import { uuids } from '../../../../platform/arrays.ts';
import type { Queryable } from '../../../../platform/db.ts';

/** A journey as it stands in the transaction. */
export interface JourneyState {
  readonly journeyId: string;
  readonly brandId: string;
  readonly status: JourneyStatus;
  /** That players enter; null while none was published. */
  readonly version: number | null;
  /** The latest pause that is over. */
  readonly held: Held | null;
}

interface Row {
  journeyId: string;
  brandId: string;
  status: JourneyStatus;
  version: number | null;
  pausedAt: Date | null;
  resumedAt: Date | null;
}

/**
 * @param lock until the transaction ends, against changes of status and version: who enters is counted by the version
 * entered, and nobody enters a journey that is paused already.
 */
export async function readJourneys(
  tx: Queryable,
  journeys: readonly { readonly brandId: string; readonly journeyId: string }[],
  lock: 'locked' | 'as they are',
): Promise<Map<string, JourneyState>> {
  const keys = [...new Map(journeys.map((journey) => [journey.journeyId, journey])).values()];
  const { rows } = await tx.query<Row>(
    `select j.journey_id as "journeyId", j.brand_id as "brandId", j.status, j.version, j.paused_at as "pausedAt",
       j.resumed_at as "resumedAt"
     from journeys as j
     where j.brand_id = any($1::uuid[]) and (j.brand_id, j.journey_id) in (select unnest($1::uuid[]), unnest($2::uuid[]))
     order by j.brand_id, j.journey_id ${lock === 'locked' ? 'for share' : ''}`,
    [uuids(keys.map(({ brandId }) => brandId)), uuids(keys.map(({ journeyId }) => journeyId))],
  );
  return new Map(
    rows.map(({ pausedAt, resumedAt, ...state }) => [
      state.journeyId,
      {
        ...state,
        held: pausedAt && resumedAt ? { from: pausedAt.getTime(), until: resumedAt.getTime() } : null,
      },
    ]),
  );
}

/** The present, by the database's clock: asked for once what is to be judged by it is locked. */
export async function presentOf(db: Queryable): Promise<Millis> {
  const { rows } = await db.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now.getTime() ?? Number.NaN;
}
