import type { CampaignPerformance, CampaignStatus, PerformanceSort } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { numbersOf } from './numbers.ts';
import type { Period } from './period.ts';
import { sumCampaigns } from './sums.ts';

/** How a table of campaigns is sorted. */
export interface Sorting {
  readonly sort: PerformanceSort;
  readonly order: 'asc' | 'desc';
  /** That money is sorted by. */
  readonly currency: string;
  readonly feesBps: number | null;
}

/** Where a page ends. */
export interface Place {
  /** What it is sorted by, as text. */
  readonly value: string;
  readonly campaignId: string;
}

/** A line of the table, and its place in it. */
export interface Line extends Place {
  readonly campaign: CampaignPerformance;
}

const count = (...measures: string[]): string =>
  `coalesce(sum(count) filter (where measure in ('${measures.join("','")}')), 0)`;
const inCurrency = (column: 'count' | 'amount', ...measures: string[]): string =>
  `coalesce(sum(${column}) filter (where measure in ('${measures.join("','")}') and currency = $4), 0)`;

const VALUES: Readonly<Record<PerformanceSort, string>> = {
  tries: count('accepted', 'refused'),
  accepted: count('accepted'),
  refused: count('refused'),
  // Without tries it is below the lowest rate.
  acceptanceRate: `coalesce(div(${count('accepted')} * 10000, nullif(${count('accepted', 'refused')}, 0)), -1)`,
  grants: count('granted'),
  conversions: count('converted'),
  granted: inCurrency('amount', 'granted', 'paid_out'),
  cost: inCurrency('amount', 'converted', 'cash'),
  deposits: inCurrency('count', 'deposited'),
  deposited: inCurrency('amount', 'deposited'),
  staked: inCurrency('amount', 'staked'),
  ggr: `${inCurrency('amount', 'staked')} - ${inCurrency('amount', 'won')}`,
};

/** The campaigns behind a place of which something happened in a period, with their numbers. */
export async function readTable(
  db: Queryable,
  brandId: string,
  period: Period,
  { sort, order, currency, feesBps }: Sorting,
  after: Place | undefined,
  limit: number,
): Promise<Line[]> {
  const { rows } = await db.query<Place & { name: string; status: CampaignStatus }>(
    `select n.value::text as value, c.campaign_id as "campaignId", c.name, c.status
     from (
       select campaign_id, ${VALUES[sort]} as value from rollup_days
       where brand_id = $1 and day between $2::date and $3::date and campaign_id is not null and $4::text is not null
       group by campaign_id
     ) n
     join campaigns c on c.campaign_id = n.campaign_id and c.brand_id = $1
     where $5::numeric is null or (n.value, n.campaign_id) ${order === 'desc' ? '<' : '>'} ($5::numeric, $6::uuid)
     order by n.value ${order}, n.campaign_id ${order} limit $7`,
    [brandId, period.from, period.to, currency, after?.value ?? null, after?.campaignId ?? null, limit],
  );
  const ids = rows.map(({ campaignId }) => campaignId);
  const sums = ids.length === 0 ? new Map() : await sumCampaigns(db, brandId, period, ids);
  return rows.map(({ value, campaignId, name, status }) => ({
    ...{ value, campaignId },
    campaign: { campaignId, name, status, ...numbersOf(sums.get(campaignId) ?? [], feesBps) },
  }));
}
