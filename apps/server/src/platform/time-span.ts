import { firstIdAt } from './ids.ts';

/** Where a span of time that a list is filtered by begins or ends: as an instant, and as a bound of UUIDv7 ids. */
export interface Bound {
  at: Date;
  id: string;
}

/** Ids tell the time of the server that made them, rows the database's: more than the two ever differ by. */
const CLOCK_SLACK_MS = 3_600_000;

/** Instants before 1970 are all the same to a list; PostgreSQL does not even know all that ISO 8601 can write. */
const bound = (instant: string, slack: number): Bound => {
  const ms = Math.max(0, Date.parse(instant));
  return { at: new Date(ms), id: firstIdAt(ms + slack) };
};

/** @param instant ISO 8601. Rows of the span are at or after `at`; none of them has an id below `id`. */
export const spanStart = (instant: string): Bound => bound(instant, -CLOCK_SLACK_MS);

/** @param instant ISO 8601. Rows of the span are before `at`; none of them has an id of `id` or above. */
export const spanEnd = (instant: string): Bound => bound(instant, CLOCK_SLACK_MS);
