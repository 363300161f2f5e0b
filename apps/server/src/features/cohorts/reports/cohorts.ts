import type { Cohort, CohortBy, CohortMeasure, CohortReport } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { CountReport } from '../kept.ts';
import type { Group, Source } from './groups.ts';
import { safeNumber } from './safe-number.ts';

/** All of a cohort report, whatever is asked of it. Days are `YYYY-MM-DD`, amounts whole numbers as text. */
export interface CohortsBody {
  readonly timeZone: string;
  readonly today: string;
  readonly groups: readonly Group[];
  readonly by: Readonly<Record<CohortBy, CohortCounts>>;
}

interface CohortCounts {
  readonly sizes: readonly (readonly [group: string, start: string, players: number])[];
  readonly cells: readonly (readonly [
    group: string,
    start: string,
    period: number,
    active: number,
    depositors: number,
  ])[];
  readonly money: readonly (readonly [
    group: string,
    start: string,
    period: number,
    currency: string,
    deposited: string,
    ngr: string,
  ])[];
}

/** Cohorts before are left out. */
const KEPT: Readonly<Record<CohortBy, number>> = { week: 26, month: 24 };

/** A report of cohorts by a source. */
export const countCohorts =
  ({ members, groups }: Source): CountReport<CohortsBody> =>
  async (tx, brandId, subjectId) => {
    const named = await groups(tx, brandId, subjectId);
    if (!named) return undefined;
    const { rows } = await tx.query<{ timeZone: string; today: string }>(
      `select time_zone as "timeZone", (now() at time zone time_zone)::date::text as today from brands where brand_id = $1`,
      [brandId],
    );
    const [clock] = rows;
    if (!clock) return undefined;
    const asked = { brandId, subjectId, timeZone: clock.timeZone, members };
    return {
      ...clock,
      groups: named,
      by: { week: await countBy(tx, asked, 'week'), month: await countBy(tx, asked, 'month') },
    };
  };

async function countBy(
  tx: Queryable,
  asked: { brandId: string; subjectId: string; timeZone: string; members: string },
  by: CohortBy,
): Promise<CohortCounts> {
  const { rows } = await tx.query<CohortCounts>(
    `with calendar as (
       select day::date, date_trunc($4, day)::date as start, dense_rank() over (order by date_trunc($4, day))::int as nth
       from generate_series(date_trunc($4, now() at time zone $3) - ($5::int - 1) * ('1 ' || $4)::interval,
         now() at time zone $3, interval '1 day') day
     ), cohorts as (
       select m.player_id, m.grp, k.day, k.nth
       from (${asked.members}) m join calendar k on k.day = (m.at at time zone $3)::date
     ), played as (
       select c.player_id, k.nth - c.nth as period, d.currency, c.nth, c.grp, sum(d.bets) as bets,
         sum(d.deposits) as deposits, sum(d.deposited) as deposited, sum(d.staked - d.won - d.bonus_cost) as ngr
       from cohorts c join player_days d on d.player_id = c.player_id and d.day >= c.day join calendar k on k.day = d.day
       group by 1, 2, 3, 4, 5
     ), sizes as (
       select grp, nth, count(*) as players from cohorts group by 1, 2
     ), cells as (
       select grp, nth, period, count(*) filter (where bets > 0) as active, count(*) filter (where deposits > 0) as depositors
       from (
         select period, nth, grp, sum(bets) as bets, sum(deposits) as deposits from played group by player_id, 1, 2, 3
       ) p group by 1, 2, 3
     ), money as (
       select grp, nth, period, currency, sum(deposited) as deposited, sum(ngr) as ngr from played group by 1, 2, 3, 4
     ), starts as (
       select distinct nth, start from calendar
     )
     select
       (select coalesce(json_agg(json_build_array(grp, start, players)), '[]') from sizes join starts using (nth)) as sizes,
       (select coalesce(json_agg(json_build_array(grp, start, period, active, depositors)), '[]')
        from cells join starts using (nth)) as cells,
       (select coalesce(json_agg(json_build_array(grp, start, period, currency, deposited::text, ngr::text)), '[]')
        from money join starts using (nth)) as money`,
    [asked.brandId, asked.subjectId, asked.timeZone, by, KEPT[by]],
  );
  const [counts] = rows;
  if (!counts) throw new Error('a select without a from gave no row');
  return counts;
}

/** What was asked of a report that is kept. */
export function cohortsOf(
  { by, groups, today }: CohortsBody,
  asked: { by: CohortBy; measure: CohortMeasure; currency: string },
): CohortReport['groups'] {
  const { sizes, cells, money } = by[asked.by];
  const players = new Map(
    cells.map(([group, start, period, active, depositors]) => [
      `${group} ${start} ${period}`,
      asked.measure === 'deposited' ? depositors : active,
    ]),
  );
  const amounts = new Map(
    money
      .filter(([, , , currency]) => currency === asked.currency)
      .map(([group, start, period, , deposited, ngr]) => [
        `${group} ${start} ${period}`,
        asked.measure === 'deposited' ? deposited : ngr,
      ]),
  );
  const cohort = (group: string, start: string, size: number): Cohort => ({
    start,
    size,
    cells: startsSince(asked.by, start, today).map((_, period, { length }) => {
      const name = `${group} ${start} ${period}`;
      const there = players.get(name) ?? 0;
      return {
        period,
        players: there,
        shareBps: size === 0 ? 0 : Math.round((there * 10_000) / size),
        amount: asked.measure === 'active' ? null : safeNumber(amounts.get(name) ?? '0'),
        isOver: period < length - 1,
      };
    }),
  });
  return groups.map(({ key, name }) => ({
    key,
    name,
    cohorts: sizes
      .filter(([group]) => group === key)
      .toSorted(([, a], [, b]) => (a < b ? 1 : -1))
      .map(([group, start, size]) => cohort(group, start, size)),
  }));
}

/** First days of the weeks or months from a cohort's own to today's. */
export function startsSince(by: CohortBy, start: string, today: string): string[] {
  const starts: string[] = [];
  const at = new Date(start);
  while (starts.length < KEPT[by] && at.toISOString().slice(0, 10) <= today) {
    starts.push(at.toISOString().slice(0, 10));
    if (by === 'week') at.setUTCDate(at.getUTCDate() + 7);
    else at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return starts;
}
