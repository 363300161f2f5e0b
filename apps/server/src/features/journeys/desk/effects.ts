import type { Queryable } from '../../../platform/db.ts';
import type { EnrolmentRow } from './rows.ts';

/**
 * Has the action or message of a visit tried at once. What comes of an attempt under way is not taken any more: the new
 * one is made under the same key.
 * @returns whether there was one, in a journey that is not paused.
 */
export async function retryEffect(
  tx: Queryable,
  { playerId, enrolmentId, seq, journeyId, brandId }: EnrolmentRow,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update journey_effects set status = 'pending', next_attempt_at = now(), failures = 0, ended_at = null
     where player_id = $1 and enrolment_id = $2 and seq = $3
       and (status = 'failed' or (status = 'pending' and (failures > 0 or next_attempt_at < now())))
       and exists (select from journey_enrolments e
                   where e.player_id = $1 and e.enrolment_id = $2 and e.seq = $3 and e.status = 'active')
       and exists (select from journeys j
                   where j.brand_id = $5 and j.journey_id = $4 and j.status in ('active', 'draft'))`,
    [playerId, enrolmentId, seq, journeyId, brandId],
  );
  return rowCount === 1;
}
