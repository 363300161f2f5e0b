import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../../platform/db.ts';

/** Days of the brand's clock as `YYYY-MM-DD`, the last one included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** How far a brand is counted, and by which clock. */
export interface Counting {
  readonly timeZone: string;
  /** The brand's own currency. */
  readonly currency: string;
  readonly today: string;
  /** Fees on gross gaming revenue, basis points; null: none. */
  readonly feesBps: number | null;
  /** ISO 8601. */
  readonly countedUntil: string;
}

/** Of deposits and bets that wait to be looked at, so many are asked how long they have waited. */
const DEPOSITS_ASKED = 1000;

/** Reads where the counting of a brand is: at what waits in its feed, unsealed or sealed, and of its deposits. */
export async function readCounting(db: Queryable, brandId: string): Promise<Counting> {
  const { rows } = await db.query<Omit<Counting, 'countedUntil'> & { countedUntil: Date }>(
    `select zone as "timeZone", b.currency, (b.settings ->> 'feesBps')::int as "feesBps", (now() at time zone zone)::date::text as today,
       least(now(),
         (select created_at from outbox where brand_id = $1 and position > coalesce(f.position, 0) order by position limit 1),
         (select created_at from outbox where brand_id = $1 and position is null order by batch_id limit 1),
         (select min(received_at) from (
            select received_at from platform_events
            where brand_id = $1 and not counted and type in ('deposit.succeeded', 'deposit.reversed')
            limit ${DEPOSITS_ASKED}
          ) waiting),
         (select min(created_at) from (
            select created_at from bet_marks where brand_id = $1 order by mark_id limit ${DEPOSITS_ASKED}
          ) played)) as "countedUntil"
     from brands b left join rollup_feeds f on f.brand_id = b.brand_id,
       lateral (select coalesce(f.time_zone, b.time_zone) as zone) clock
     where b.brand_id = $1`,
    [brandId],
  );
  const [found] = rows;
  if (!found) throw new Error(`there is no brand ${brandId}`);
  return { ...found, countedUntil: found.countedUntil.toISOString() };
}

const MOST_DAYS = 400;
const USUAL_DAYS = 30;

/** The period that was asked for: up to today, and 30 days long, where nothing is said. */
export function periodOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  today: string,
): Result<Period> {
  const last = to ?? today;
  const first = from ?? addDays(last, 1 - USUAL_DAYS);
  const length = lengthOf({ from: first, to: last });
  if (length < 1) return wrong('to', 'is before `from`', 'a day that is not before `from`');
  if (length > MOST_DAYS)
    return wrong('from', `more than ${MOST_DAYS} days before \`to\``, 'a shorter period');
  return ok({ from: first, to: last });
}

const wrong = (name: 'from' | 'to', reason: string, fix: string) =>
  refuse('invalid_request', `query.${name}: ${reason}`, [{ field: `query.${name}`, reason, fix }]);

/** As many days from a day on. */
export const asLongFrom = (period: Period, from: string): Period => ({
  from,
  to: addDays(from, lengthOf(period) - 1),
});

/** As many days right before. */
export const before = (period: Period): Period => ({
  from: addDays(period.from, -lengthOf(period)),
  to: addDays(period.from, -1),
});

export const daysOf = (period: Period): string[] =>
  Array.from({ length: lengthOf(period) }, (_, n) => addDays(period.from, n));

const DAY_MS = 86_400_000;

const lengthOf = ({ from, to }: Period): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

const FIRST = Date.parse('0001-01-01');
const LAST = Date.parse('9999-12-31');

/** Not past the ends of the calendar, where nothing has happened. */
const addDays = (day: string, days: number): string =>
  new Date(Math.min(LAST, Math.max(FIRST, Date.parse(day) + days * DAY_MS))).toISOString().slice(0, 10);
