import type { Database } from '../../../platform/db.ts';

/**
 * Lets goals be that count no more: the events they would have been reached by need not look at them.
 * @returns whether there may be more.
 */
export async function forgetGoals(db: Database, atMost: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update journey_enrolments as e set goal_until = null
     from (select player_id, enrolment_id from journey_enrolments
           where goal_until <= now() order by goal_until limit $1 for update skip locked) as past
     where e.player_id = past.player_id and e.enrolment_id = past.enrolment_id`,
    [atMost],
  );
  return rowCount === atMost;
}
