import type { Queryable } from '../../../platform/db.ts';

/** The days of a period by the brand's clock: where each begins, and where the last one ends. */
export async function daysOf(
  db: Queryable,
  timeZone: string,
  from: string,
  to: string,
): Promise<{ days: string[]; dayStarts: number[] }> {
  const { rows } = await db.query<{ day: string; starts: Date }>(
    `select d::date::text as day, d::timestamp at time zone $1 as starts
     from generate_series($2::date::timestamp, $3::date + interval '1 day', interval '1 day') d order by d`,
    [timeZone, from, to],
  );
  return {
    days: rows.slice(0, -1).map(({ day }) => day),
    dayStarts: rows.map(({ starts }) => starts.getTime()),
  };
}
