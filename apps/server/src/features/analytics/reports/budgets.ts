import type { BudgetBurn, CampaignStatus } from '@promosmith/contract';
import { budgetKey } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';

/** A budget and whose it is. */
export interface Budget extends BudgetBurn {
  readonly campaignId: string;
  readonly name: string;
  readonly status: CampaignStatus;
}

interface Row {
  campaignId: string;
  name: string;
  status: CampaignStatus;
  budget: Readonly<Record<string, number>>;
}

const WITH_BUDGET = `select c.campaign_id as "campaignId", c.name, c.status, v.definition -> 'budget' as budget
  from campaigns c join campaign_versions v on v.campaign_id = c.campaign_id and v.version = c.version
  where c.brand_id = $1 and json_typeof(v.definition -> 'budget') = 'object'`;

/** The budgets of some campaigns of the brand, with what is taken from them. */
export async function findBudgets(
  db: Queryable,
  brandId: string,
  campaignIds: readonly string[],
): Promise<Budget[]> {
  const { rows } = await db.query<Row>(`${WITH_BUDGET} and c.campaign_id = any($2::uuid[])`, [
    brandId,
    campaignIds,
  ]);
  return taken(db, rows);
}

const MOST_CAMPAIGNS = 1000;
const MOST_BUDGETS = 20;

/** Budgets of active campaigns, the nearest to their end first. */
export async function findBurning(db: Queryable, brandId: string): Promise<Budget[]> {
  const { rows } = await db.query<Row>(
    `${WITH_BUDGET} and c.status = 'active' order by c.campaign_id desc limit ${MOST_CAMPAIGNS}`,
    [brandId],
  );
  const budgets = await taken(db, rows);
  return budgets.sort((one, other) => burnOf(other) - burnOf(one)).slice(0, MOST_BUDGETS);
}

const burnOf = ({ used, reserved, maximum }: BudgetBurn): number =>
  maximum === 0 ? 1 : (used + reserved) / maximum;

async function taken(db: Queryable, campaigns: readonly Row[]): Promise<Budget[]> {
  const budgets = campaigns.flatMap(({ budget, ...campaign }) =>
    Object.entries(budget).map(([currency, maximum]) => ({ ...campaign, currency, maximum })),
  );
  if (budgets.length === 0) return [];
  const keyOf = ({ campaignId, currency }: (typeof budgets)[number]) => budgetKey(campaignId, currency);
  const { rows } = await db.query<{ key: string; used: number; reserved: number }>(
    'select counter_key as key, used, reserved from counters where counter_key = any($1::text[])',
    [budgets.map(keyOf)],
  );
  const counters = new Map(rows.map(({ key, used, reserved }) => [key, { used, reserved }]));
  return budgets.map((budget) => ({
    ...budget,
    ...(counters.get(keyOf(budget)) ?? { used: 0, reserved: 0 }),
  }));
}
