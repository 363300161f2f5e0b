import type { CampaignDefinition, Liability, Reward } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { budgetKey, largestCost } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';

/** Open bonuses of one reward of one version, in one currency. Sums are text: they may be past what a number holds. */
interface Group {
  version: number;
  rewardIndex: number;
  currency: string;
  /** Money that players hold now, rather than a promise of it. */
  isHeld: boolean;
  count: number;
  balance: string;
  amount: string;
  /** What they hold of the budget and have not cost yet. */
  budgetReserved: string;
}

/** Reads the bonuses of one campaign, through their index. What an outside engine keeps has its balance there. */
const GROUPS = `select campaign_version as version, reward_index as "rewardIndex", currency,
    status = 'active' and kind in ('deposit', 'bonus_balance') as "isHeld", count(*) as count,
    sum(coalesce(outside_balance, balance))::text as balance, sum(amount)::text as amount,
    sum(budget_reserved - coalesce(budget_spent, 0))::text as "budgetReserved"
  from grants
  where campaign_id = $1 and status in ('pending', 'delivery_failed', 'active')
    and kind in ('deposit', 'bonus_balance', 'free_spins', 'cashback')
  group by 1, 2, 3, 4`;

/** What a campaign of the brand may still cost, by currency. Refused when a sum is past what can be told exactly. */
export async function liabilityOf(
  db: Queryable,
  brandId: string,
  campaignId: string,
): Promise<Result<{ campaignId: string; currencies: Liability[] }>> {
  const inForce = await findDefinition(db, brandId, campaignId);
  if (!inForce) return refuse('not_found', 'There is no such campaign.');
  const [groups, definitions, budgets] = await Promise.all([
    db.query<Group>(GROUPS, [campaignId]),
    loadDefinitions(db, campaignId),
    loadBudgets(db, campaignId, inForce),
  ]);
  const byCurrency = Map.groupBy(groups.rows, ({ currency }) => currency);
  const currencies = [...new Set([...byCurrency.keys(), ...budgets.keys()])].sort();
  const totals = currencies.map((currency) =>
    totalOf(currency, byCurrency.get(currency) ?? [], definitions, budgets.get(currency) ?? null),
  );
  const told = totals.filter((total) => total !== null);
  if (told.length < totals.length)
    return refuse('amount_too_large', 'What this campaign may cost is past what can be told exactly.');
  return ok({ campaignId, currencies: told });
}

type Definitions = ReadonlyMap<number, CampaignDefinition>;

function totalOf(
  currency: string,
  groups: readonly Group[],
  definitions: Definitions,
  budget: Liability['budget'],
): Liability | null {
  const pending = { count: 0, maximum: 0n };
  const outstanding = { count: 0, balance: 0n };
  let worstCase: bigint | null = 0n;
  for (const group of groups) {
    const definition = definitions.get(group.version);
    const reward = definition?.rewards[group.rewardIndex];
    if (!definition || !reward) throw new Error('a bonus names a reward its version does not have');
    const face = group.isHeld ? BigInt(group.amount) : promised(group, definition, reward);
    if (group.isHeld) {
      outstanding.count += group.count;
      outstanding.balance += BigInt(group.balance);
    } else {
      pending.count += group.count;
      pending.maximum += face;
    }
    const most = mostConverted(reward, currency, group.count, face);
    worstCase = worstCase === null || most === null ? null : worstCase + most;
  }
  const sums = [pending.maximum, outstanding.balance, worstCase ?? 0n];
  if (sums.some((sum) => sum > BigInt(Number.MAX_SAFE_INTEGER))) return null;
  return {
    currency,
    budget,
    pending: { ...pending, maximum: Number(pending.maximum) },
    outstanding: { ...outstanding, balance: Number(outstanding.balance) },
    worstCase: worstCase === null ? null : Number(worstCase),
  };
}

/** The most that bonuses which are not worth money yet may come to: what they hold of the budget, or what the terms say. */
const promised = (group: Group, definition: CampaignDefinition, reward: Reward): bigint =>
  definition.budget
    ? BigInt(group.budgetReserved)
    : BigInt(group.count) * BigInt(largestCost(reward, group.currency));

/**
 * The most that becomes real money of bonuses with this face value together; null when there is no limit to what they
 * win. What is paid as cash is worth its face.
 */
export function mostConverted(reward: Reward, currency: string, count: number, face: bigint): bigint | null {
  const wagering = 'wagering' in reward ? reward.wagering : undefined;
  if (!wagering) return face;
  const { amounts, timesBonus } = wagering.maxConversion ?? {};
  const most = amounts?.[currency];
  const byAmount = most === undefined ? null : BigInt(most) * BigInt(count);
  const byMultiple = timesBonus === undefined ? null : (face * BigInt(timesBonus)) / 100n;
  if (byAmount === null || byMultiple === null) return byAmount ?? byMultiple;
  return byAmount < byMultiple ? byAmount : byMultiple;
}

async function findDefinition(
  db: Queryable,
  brandId: string,
  campaignId: string,
): Promise<CampaignDefinition | undefined> {
  const { rows } = await db.query<{ definition: CampaignDefinition }>(
    `select v.definition from campaigns c join campaign_versions v using (campaign_id, version)
     where c.campaign_id = $1 and c.brand_id = $2`,
    [campaignId, brandId],
  );
  return rows[0]?.definition;
}

async function loadDefinitions(db: Queryable, campaignId: string): Promise<Definitions> {
  const { rows } = await db.query<{ version: number; definition: CampaignDefinition }>(
    'select version, definition from campaign_versions where campaign_id = $1',
    [campaignId],
  );
  return new Map(rows.map(({ version, definition }) => [version, definition]));
}

/** The budgets in force, with what is taken from them. */
async function loadBudgets(
  db: Queryable,
  campaignId: string,
  { budget }: CampaignDefinition,
): Promise<Map<string, NonNullable<Liability['budget']>>> {
  const currencies = Object.keys(budget ?? {});
  const { rows } = await db.query<{ key: string; used: number; reserved: number }>(
    'select counter_key as key, used, reserved from counters where counter_key = any($1)',
    [currencies.map((currency) => budgetKey(campaignId, currency))],
  );
  const taken = new Map(rows.map(({ key, used, reserved }) => [key, { used, reserved }]));
  return new Map(
    Object.entries(budget ?? {}).map(([currency, maximum]) => [
      currency,
      { maximum, ...(taken.get(budgetKey(campaignId, currency)) ?? { used: 0, reserved: 0 }) },
    ]),
  );
}
