import type { ExperimentMetric } from '@promosmith/contract';
import type { Moments } from '@promosmith/core/statistics';
import type { Queryable } from '../../../platform/db.ts';

/** What players of one group came to, those whose days are over. Whole numbers past what is exact are text. */
export interface GroupCounts {
  readonly players: number;
  readonly matured: number;
  readonly activations: number;
  readonly depositors: number;
  readonly active: number;
  readonly deposited: string;
  readonly ggr: string;
  readonly cost: string;
  /** Of the metric. */
  readonly moments: Moments;
}

export const NO_COUNTS: GroupCounts = {
  ...{
    players: 0,
    matured: 0,
    activations: 0,
    depositors: 0,
    active: 0,
    deposited: '0',
    ggr: '0',
    cost: '0',
  },
  moments: { count: 0, sum: 0, squares: 0, cubes: 0 },
};

/** Who is compared, and by what. */
export interface Compared {
  readonly brandId: string;
  readonly subjectId: string;
  /**
   * A `select` of player_id, grp (the place of the group) and at (when the player came into it), one row for each player,
   * of the brand $1 and the subject $2.
   */
  readonly members: string;
  readonly metric: ExperimentMetric;
  readonly currency: string;
  readonly windowDays: number;
}

interface Row extends Omit<GroupCounts, 'moments' | 'activations'>, Moments {
  grp: number;
}

/** What groups came to, by their place. Days are those of the brand's clock. */
export async function countGroups(tx: Queryable, compared: Compared): Promise<Map<number, GroupCounts>> {
  const { brandId, subjectId, members, metric, currency, windowDays } = compared;
  const { rows } = await tx.query<Row>(
    `with members as (
       select player_id, grp, (at at time zone time_zone)::date as day, (now() at time zone time_zone)::date as today
       from (${members}) m cross join (select time_zone from brands where brand_id = $1) clock
     ), sizes as (
       select grp, count(*) as players from members group by grp
     ), worth as (
       select m.grp, d.*, case $5 when 'ngr' then ggr - cost when 'ggr' then ggr when 'deposited' then deposited
         when 'depositors' then (deposits > 0)::int when 'active' then (bets > 0)::int end as value
       from members m cross join lateral (
         select coalesce(sum(staked - won), 0) as ggr, coalesce(sum(bonus_cost), 0) as cost,
           coalesce(sum(deposited), 0) as deposited, coalesce(sum(deposits), 0) as deposits, coalesce(sum(bets), 0) as bets
         from player_days d
         where d.player_id = m.player_id and d.currency = $3 and d.day >= m.day and d.day < m.day + $4::int offset 0
       ) d
       where m.day + $4::int <= m.today
     ), sums as (
       select grp, count(*) as matured, count(*) filter (where deposits > 0) as depositors,
         count(*) filter (where bets > 0) as active, sum(deposited)::text as deposited, sum(ggr)::text as ggr,
         sum(cost)::text as cost, sum(value::float8) as sum, sum(value::float8 ^ 2) as squares,
         sum(value::float8 ^ 3) as cubes
       from worth group by grp
     )
     select grp, players, coalesce(matured, 0) as matured, coalesce(depositors, 0) as depositors,
       coalesce(active, 0) as active, coalesce(deposited, '0') as deposited, coalesce(ggr, '0') as ggr,
       coalesce(cost, '0') as cost, coalesce(matured, 0) as count, coalesce(sum, 0) as sum,
       coalesce(squares, 0) as squares, coalesce(cubes, 0) as cubes
     from sizes left join sums using (grp)`,
    [brandId, subjectId, currency, windowDays, metric],
  );
  const activations = await countActivations(tx, compared);
  return new Map(
    rows.map(({ grp, count, sum, squares, cubes, ...counts }) => [
      grp,
      {
        ...counts,
        activations: activations.get(grp) ?? 0,
        moments: { count, sum, squares, cubes },
      },
    ]),
  );
}

/** Codes that players had taken in their days, by the place of their group. */
async function countActivations(
  tx: Queryable,
  { brandId, subjectId, members, windowDays }: Compared,
): Promise<Map<number, number>> {
  const { rows } = await tx.query<{ grp: number; activations: number }>(
    `with members as (
       select player_id, grp, (at at time zone time_zone)::date as day, time_zone,
         (now() at time zone time_zone)::date as today
       from (${members}) m cross join (select time_zone from brands where brand_id = $1) clock
     )
     select m.grp, sum(a.activations)::bigint as activations
     from members m cross join lateral (
       select count(*) as activations from activations a
       where a.player_id = m.player_id and a.outcome not in ('refused', 'in_review')
         and a.created_at >= m.day::timestamp at time zone m.time_zone
         and a.created_at < (m.day + $3::int)::timestamp at time zone m.time_zone offset 0
     ) a
     where m.day + $3::int <= m.today group by m.grp`,
    [brandId, subjectId, windowDays],
  );
  return new Map(rows.map(({ grp, activations }) => [grp, activations]));
}
