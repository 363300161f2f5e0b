import type { Stuck } from '@promosmith/contract';
import { connectorsOf, type Journey } from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { Book } from '../definitions/index.ts';
import { ENROLMENT, type EnrolmentRow, enrolmentView, iso } from './rows.ts';

/** Who waits for longer than that beyond its time is late. */
const GRACE = `interval '1 minute'`;

interface StuckRow extends EnrolmentRow {
  why: Stuck['why'];
  since: Date;
  attempts: number | null;
  nextAttemptAt: Date | null;
  lastError: string | null;
}

/** Whom time should have moved. */
const WAKING = `select ${ENROLMENT}, 'waking_late' as why, e.wake_at as since, null::int as attempts,
    null::timestamptz as "nextAttemptAt", null::text as "lastError"
  from journey_enrolments e
  where e.journey_id = $1 and e.wake_at < now() - ${GRACE} and e.status = 'active'
  order by e.wake_at limit $2`;

/** Actions and messages that wait: those under way have their next attempt ahead of them. */
const PENDING = `select ${ENROLMENT}, case when f.failures > 0 then 'action_retrying' else 'action_late' end as why,
    f.created_at as since, f.attempts, f.next_attempt_at as "nextAttemptAt", f.last_error as "lastError"
  from journey_effects f join journey_enrolments e using (player_id, enrolment_id)
  where f.journey_id = $1 and f.status = 'pending'
    and (f.failures > 0 or f.next_attempt_at < now() - ${GRACE})
  order by f.next_attempt_at limit $2`;

/** Actions that failed for good, of visits that know no way to go on after that. */
const FAILED = `select ${ENROLMENT}, 'action_failed' as why, f.ended_at as since, f.attempts,
    null::timestamptz as "nextAttemptAt", f.last_error as "lastError"
  from journey_effects f join journey_enrolments e using (player_id, enrolment_id)
  where f.journey_id = $1 and f.status = 'failed' and e.status = 'active' and e.seq = f.seq
  order by f.ended_at limit $2`;

/** Players of a journey who wait for longer than they should, longest first. */
export async function listStuck(
  db: Queryable,
  book: Book,
  { brandId, journeyId, isPaused }: { brandId: string; journeyId: string; isPaused: boolean },
  limit: number,
): Promise<{ items: Stuck[]; more: boolean }> {
  if (isPaused) return { items: [], more: false };
  const found: StuckRow[] = [];
  for (const statement of [WAKING, PENDING, FAILED])
    found.push(...(await db.query<StuckRow>(statement, [journeyId, limit + 1])).rows);
  found.sort((a, b) => a.since.getTime() - b.since.getTime());
  const items: Stuck[] = [];
  for (const row of found.slice(0, limit)) {
    const compiled = await book.readable(db, brandId, journeyId, row.version);
    items.push(viewOf(row, compiled?.journey));
  }
  return { items, more: found.length > limit };
}

/** Of the brand's running journeys, so many at most. */
const JOURNEYS_LOOKED_AT = 200;

/** As `listStuck` finds them, of a brand: but for actions that are tried again in time, which need nobody. */
const OF_BRAND = `select j.journey_id as id, s.since
  from (
    select journey_id from (
      select journey_id, status from journeys where brand_id = $1 order by journey_id desc limit 1000
    ) newest where status = 'active' limit ${JOURNEYS_LOOKED_AT}
  ) j
  cross join lateral (
    (select e.wake_at as since from journey_enrolments e
     where e.journey_id = j.journey_id and e.wake_at < now() - ${GRACE} and e.status = 'active'
     order by e.wake_at limit $2)
    union all
    (select f.next_attempt_at from journey_effects f
     where f.journey_id = j.journey_id and f.status = 'pending' and f.next_attempt_at < now() - ${GRACE}
     order by f.next_attempt_at limit $2)
    union all
    (select f.ended_at from journey_effects f join journey_enrolments e using (player_id, enrolment_id)
     where f.journey_id = j.journey_id and f.status = 'failed' and e.status = 'active' and e.seq = f.seq
     order by f.ended_at limit $2)
  ) s
  order by s.since limit $2`;

/** Players of running journeys of a brand who wait for longer than they should, by journey, longest first. */
export async function findStuckEnrolments(
  db: Queryable,
  brandId: string,
  limit: number,
): Promise<{ id: string; since: Date }[]> {
  const { rows } = await db.query<{ id: string; since: Date }>(OF_BRAND, [brandId, limit]);
  return rows;
}

const viewOf = (
  { why, since, attempts, nextAttemptAt, lastError, ...row }: StuckRow,
  journey: Journey | undefined,
): Stuck => ({
  enrolment: enrolmentView(row),
  why,
  since: since.toISOString(),
  attempts,
  nextAttemptAt: iso(nextAttemptAt),
  lastError,
  connectors: waysOn(row, journey),
});

/**
 * The connectors a visit may be skipped by; none of what is over.
 * @param journey undefined for a version that this release can't walk.
 */
export function waysOn({ status, nodeId }: EnrolmentRow, journey: Journey | undefined): string[] {
  const activity = status === 'active' ? journey?.activities.get(nodeId) : undefined;
  return activity ? [...connectorsOf(activity.node)] : [];
}
