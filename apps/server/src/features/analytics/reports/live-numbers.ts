import type { CampaignNumbers } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { findBudgets } from './budgets.ts';

type Counts = Omit<CampaignNumbers, 'budgets'>;

/** What a list shows beside campaigns, in the order asked for; without those that are not the brand's. */
export async function readLiveNumbers(
  db: Queryable,
  brandId: string,
  campaignIds: readonly string[],
  today: string,
): Promise<CampaignNumbers[]> {
  const [counts, budgets] = await Promise.all([
    countOf(db, brandId, campaignIds, today),
    findBudgets(db, brandId, campaignIds),
  ]);
  const of = Map.groupBy(budgets, ({ campaignId }) => campaignId);
  return counts.map((campaign) => ({
    ...campaign,
    budgets: (of.get(campaign.campaignId) ?? []).map(({ currency, maximum, used, reserved }) => ({
      ...{ currency, maximum, used, reserved },
    })),
  }));
}

async function countOf(
  db: Queryable,
  brandId: string,
  campaignIds: readonly string[],
  today: string,
): Promise<Counts[]> {
  const { rows } = await db.query<Counts>(
    `select c.campaign_id as "campaignId", coalesce(ever.accepted, 0) as accepted,
       coalesce(ever.today, 0) as "acceptedToday", coalesce(ever.today, 0) + coalesce(refused.today, 0) as "triesToday"
     from unnest($2::uuid[]) with ordinality as asked (campaign_id, place)
     join campaigns c on c.campaign_id = asked.campaign_id and c.brand_id = $1
     cross join lateral (
       select sum(count)::bigint as accepted, (sum(count) filter (where day = $3::date))::bigint as today
       from rollup_days d where d.brand_id = $1 and d.campaign_id = c.campaign_id and d.measure = 'accepted'
     ) ever
     cross join lateral (
       select sum(count)::bigint as today from rollup_days d
       where d.brand_id = $1 and d.campaign_id = c.campaign_id and d.measure = 'refused' and d.day = $3::date
     ) refused
     order by asked.place`,
    [brandId, campaignIds, today],
  );
  return rows;
}
