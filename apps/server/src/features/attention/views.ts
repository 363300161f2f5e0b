import { budgetKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';

/** One thing that waits. */
export interface Waiting {
  id: string;
  /** Null where that is not known. */
  since: Date | null;
}

/** Rows that a statement goes through for those of a state that no index is of. */
const LOOKED_THROUGH = 1_000;
const NEARLY_USED_PERCENT = 90;

async function waiting(db: Queryable, sql: string, values: readonly unknown[]): Promise<Waiting[]> {
  const { rows } = await db.query<Waiting>(sql, values);
  return rows;
}

/** Requests that a person may decide: not their own. @param principal the person. */
export const approvals = (db: Queryable, brandId: string, principal: string, most: number) =>
  waiting(
    db,
    `select approval_id as id, created_at as since from approvals
     where brand_id = $1 and status = 'pending' and principal <> $2 order by approval_id limit $3`,
    [brandId, principal, most],
  );

const ABOUT_CODES = ['code_leak', 'code_burst'];

/** Codes that are out, or tried unusually often, until somebody has decided what of it. */
export const codeAlarms = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select case_id as id, opened_at as since from (
       select * from risk_cases where brand_id = $1 and state <> 'decided' order by priority desc, case_id limit ${LOOKED_THROUGH}
     ) queue where kind = any($3::text[]) order by case_id limit $2`,
    [brandId, most, ABOUT_CODES],
  );

/** Codes are being tried at random: of the brand, or of campaigns. */
export const guessWaves = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    'select target_id as id, since from guess_waves where brand_id = $1 and until > now() order by since limit $2',
    [brandId, most],
  );

/** Other cases that nobody has taken. */
export const waitingCases = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select case_id as id, opened_at as since from (
       select * from risk_cases where brand_id = $1 and state <> 'decided' order by priority desc, case_id limit ${LOOKED_THROUGH}
     ) queue where assignee is null and kind <> all($3::text[]) order by case_id limit $2`,
    [brandId, most, ABOUT_CODES],
  );

/** The latest comparison of the books, when they did not add up. */
export const reconciliation = (db: Queryable, brandId: string) =>
  waiting(
    db,
    `select id, since from (
       select job_id as id, finished_at as since, result ->> 'balanced' as balanced from (
         select * from jobs where brand_id = $1 order by job_id desc limit ${LOOKED_THROUGH}
       ) newest
       where kind = 'ledger.reconcile' and status = 'succeeded' order by job_id desc limit 1
     ) latest where balanced = 'false'`,
    [brandId],
  );

export const failedDeliveries = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select delivery_id as id, changed_at as since from (
       select * from deliveries where brand_id = $1 and state in ('failed', 'refused')
       order by delivery_id desc limit ${LOOKED_THROUGH}
     ) newest where state = 'failed' order by delivery_id desc limit $2`,
    [brandId, most],
  );

export const openAdjustments = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select adjustment_id as id, created_at as since from adjustments
     where brand_id = $1 and closed_at is null order by adjustment_id limit $2`,
    [brandId, most],
  );

export const failingWebhooks = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select endpoint_id as id, coalesce(failing_since, updated_at) as since from webhook_endpoints
     where brand_id = $1 and (status = 'enabled' and failing_since is not null or status = 'disabled' and disabled_reason = 'gone')
     order by endpoint_id desc limit $2`,
    [brandId, most],
  );

/** Jobs that came to nothing lately: nobody can say of an older one that it has been seen to. */
export const failedJobs = (db: Queryable, brandId: string, most: number) =>
  waiting(
    db,
    `select job_id as id, finished_at as since from (
       select * from jobs where brand_id = $1 order by job_id desc limit ${LOOKED_THROUGH}
     ) newest where status = 'failed' and finished_at > now() - interval '7 days' order by job_id desc limit $2`,
    [brandId, most],
  );

interface Budget {
  campaignId: string;
  currency: string;
  maximum: number;
}

/** Running campaigns, of the brand's newest, that have a budget of which more than nine tenths are taken. */
export async function budgetsNearlyUsed(db: Queryable, brandId: string): Promise<Waiting[]> {
  const { rows: budgets } = await db.query<Budget>(
    `select c.campaign_id as "campaignId", b.key as currency, b.value::bigint as maximum
     from (select * from campaigns where brand_id = $1 order by campaign_id desc limit ${LOOKED_THROUGH}) c
     join campaign_versions v on v.campaign_id = c.campaign_id and v.version = c.version
     cross join lateral json_each_text(
       case when json_typeof(v.definition -> 'budget') = 'object' then v.definition -> 'budget' else '{}' end
     ) b
     where c.status = 'active' and b.value <> '0'`,
    [brandId],
  );
  const { rows: counters } = await db.query<{ key: string; taken: number }>(
    'select counter_key as key, used + reserved as taken from counters where counter_key = any($1)',
    [budgets.map(({ campaignId, currency }) => budgetKey(campaignId, currency))],
  );
  const taken = new Map(counters.map((counter) => [counter.key, counter.taken]));
  const isNearlyUsed = ({ campaignId, currency, maximum }: Budget): boolean =>
    (taken.get(budgetKey(campaignId, currency)) ?? 0) / maximum > NEARLY_USED_PERCENT / 100;
  const ids = budgets.filter(isNearlyUsed).map(({ campaignId }) => campaignId);
  return [...new Set(ids)].map((id) => ({ id, since: null }));
}
