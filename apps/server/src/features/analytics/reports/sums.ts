import type { Queryable } from '../../../platform/db.ts';
import type { Measure } from '../counting/facts.ts';
import type { Period } from './period.ts';

/** A sum of what was counted. */
export interface Sum {
  readonly measure: Measure;
  /** Empty for refusals, whose keys are told apart only where they are asked for. */
  readonly detail: string;
  readonly currency: string;
  readonly count: number;
  /** Minor units, as text: it may be past what a number holds. */
  readonly amount: string;
}

/** What is summed up: all of a brand, or one campaign. */
export interface Scope {
  readonly brandId: string;
  readonly campaignId?: string | undefined;
}

const DETAIL = `case when measure = 'refused' then '' else detail end`;
const SUM = `measure, ${DETAIL} as detail, currency, sum(count)::bigint as count, sum(amount)::text as amount`;
const KEY = `measure, ${DETAIL}, currency`;

/** Where the days of a scope are, and what `$1` and on are there. */
const inScope = ({ brandId, campaignId }: Scope, { from, to }: Period): { days: string; values: string[] } =>
  campaignId === undefined
    ? {
        days: 'rollup_brand_days where brand_id = $1 and day between $2::date and $3::date',
        values: [brandId, from, to],
      }
    : {
        days: 'rollup_days where brand_id = $1 and day between $2::date and $3::date and campaign_id = $4',
        values: [brandId, from, to, campaignId],
      };

/** By day, of days on which anything happened. */
export async function sumDays(
  db: Queryable,
  scope: Scope,
  period: Period,
): Promise<(Sum & { day: string })[]> {
  const { days, values } = inScope(scope, period);
  const { rows } = await db.query<Sum & { day: string }>(
    `select day::text as "day", ${SUM} from ${days} group by 1, ${KEY}`,
    values,
  );
  return rows;
}

/** Of each of some campaigns. */
export async function sumCampaigns(
  db: Queryable,
  brandId: string,
  { from, to }: Period,
  campaignIds: readonly string[],
): Promise<Map<string, (Sum & { campaignId: string })[]>> {
  const { rows } = await db.query<Sum & { campaignId: string }>(
    `select campaign_id as "campaignId", ${SUM} from rollup_days
     where brand_id = $1 and day between $2::date and $3::date and campaign_id = any($4::uuid[])
     group by campaign_id, ${KEY}`,
    [brandId, from, to, campaignIds],
  );
  return Map.groupBy(rows, ({ campaignId }) => campaignId);
}

const MOST_KEYS = 10;

/** Why codes were refused, the most frequent reasons first. */
export async function sumRefusals(
  db: Queryable,
  scope: Scope,
  period: Period,
): Promise<{ key: string; count: number }[]> {
  const { days, values } = inScope(scope, period);
  const { rows } = await db.query<{ key: string; count: number }>(
    `select detail as key, sum(count)::bigint as count from ${days} and measure = 'refused'
     group by detail order by sum(count) desc, detail limit ${MOST_KEYS}`,
    values,
  );
  return rows;
}
