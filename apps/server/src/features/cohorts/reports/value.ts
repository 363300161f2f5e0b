import type { PlayerValueReport } from '@promosmith/contract';
import type { CountReport } from '../kept.ts';
import { FIRST_OF_CAMPAIGN } from './groups.ts';

/** What players of a campaign are worth, by currency. */
export interface ValueBody {
  readonly players: number;
  /** Players whose days are over, by how many days. */
  readonly matured: Readonly<Record<string, number>>;
  readonly value: readonly (readonly [
    currency: string,
    days: number,
    mean: number,
    median: number,
    p90: number,
  ])[];
  readonly hunters: readonly (readonly [
    currency: string,
    players: number,
    hunters: number,
    costly: number,
    bonusOnly: number,
  ])[];
}

export const VALUE_AFTER_DAYS = [7, 30, 90] as const;
const HUNTING_DAYS = 90;

/** Members of a campaign by the brand's clock: the first day that counts, and the day it is now. */
const MEMBERS = `members as (
  select f.player_id, (f.at at time zone b.time_zone)::date as day, (now() at time zone b.time_zone)::date as today
  from first_activations f join brands b on b.brand_id = f.brand_id
  where f.brand_id = $1 and f.campaign_id = $2
)`;

export const countValue: CountReport<ValueBody> = async (tx, brandId, campaignId) => {
  if (!(await FIRST_OF_CAMPAIGN.groups(tx, brandId, campaignId))) return undefined;
  const { rows } = await tx.query<ValueBody>(
    `with ${MEMBERS}, windows as (
       select unnest($3::int[]) as days
     ), matured as (
       select days, count(player_id)::int as players from windows left join members on day + days <= today group by days
     ), currencies as (
       select distinct d.currency from members m join player_days d on d.player_id = m.player_id and d.day >= m.day
     ), worth as (
       select w.days, c.currency, m.player_id, coalesce((
         select sum(d.staked - d.won - d.bonus_cost) from player_days d
         where d.player_id = m.player_id and d.currency = c.currency and d.day >= m.day and d.day < m.day + w.days
       ), 0) as ngr
       from windows w join members m on m.day + w.days <= m.today cross join currencies c
     ), value as (
       select currency, days, avg(ngr)::float8 as mean, percentile_cont(0.5) within group (order by ngr) as median,
         percentile_cont(0.9) within group (order by ngr) as p90
       from worth group by currency, days
     ), played as (
       select d.currency, d.player_id, sum(d.bonus_cost) as cost, sum(d.staked - d.won) as ggr, sum(d.staked) as staked,
         sum(d.bonus_staked) as bonus_staked
       from members m join player_days d on d.player_id = m.player_id and d.day >= m.day and d.day < m.day + ${HUNTING_DAYS}
       group by 1, 2 having sum(d.staked) > 0 or sum(d.bonus_cost) > 0
     ), judged as (
       select currency, cost > 0 and cost >= ggr as is_costly, staked > 0 and bonus_staked = staked as is_bonus_only
       from played
     ), hunters as (
       select currency, count(*) as players, count(*) filter (where is_costly or is_bonus_only) as hunters,
         count(*) filter (where is_costly) as costly, count(*) filter (where is_bonus_only) as bonus_only
       from judged group by currency
     )
     select (select count(*)::int from members) as players,
       (select json_object_agg(days, players) from matured) as matured,
       (select coalesce(json_agg(json_build_array(currency, days, mean, median, p90)), '[]') from value) as value,
       (select coalesce(json_agg(json_build_array(currency, players, hunters, costly, bonus_only)), '[]') from hunters)
         as hunters`,
    [brandId, campaignId, VALUE_AFTER_DAYS],
  );
  return rows[0];
};

/** What was asked of a report that is kept. */
export function playerValueOf(
  { players, matured, value, hunters }: ValueBody,
  currency: string,
): Pick<PlayerValueReport, 'players' | 'value' | 'hunters'> {
  const [, active = 0, hunting = 0, costly = 0, bonusOnly = 0] =
    hunters.find(([of]) => of === currency) ?? [];
  return {
    players,
    value: VALUE_AFTER_DAYS.map((days) => {
      const over = matured[days] ?? 0;
      // Of a currency that nobody played in, everybody is worth nothing.
      const [, , mean = 0, median = 0, p90 = 0] =
        value.find(([of, d]) => of === currency && d === days) ?? [];
      return over === 0
        ? { days, players: 0, mean: null, median: null, p90: null }
        : { days, players: over, mean, median, p90 };
    }),
    hunters: {
      ...{ players: active, hunters: hunting, costly, bonusOnly },
      shareBps: active === 0 ? null : Math.round((hunting * 10_000) / active),
    },
  };
}
