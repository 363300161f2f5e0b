import type { CampaignReport, CampaignStatus, Overview } from '@promosmith/contract';
import { GrantKind } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { findBudgets, findBurning } from './budgets.ts';
import { numbersOf } from './numbers.ts';
import { before, type Counting, daysOf, type Period } from './period.ts';
import { type Scope, type Sum, sumDays, sumPeriod, sumRefusals } from './sums.ts';
import { readTable } from './table.ts';

/** What is reported on. */
export interface Asked {
  readonly period: Period;
  readonly counting: Counting;
  readonly compare: 'previous' | 'none';
}

type Report = Omit<Overview, 'campaigns' | 'budgets' | 'live'>;

/** What the overview and a campaign's report have in common, and the sums of the period. */
async function reportOn(
  db: Queryable,
  scope: Scope,
  { period, counting, compare }: Asked,
): Promise<{ report: Report; sums: Sum[] }> {
  const compared = compare === 'previous' ? before(period) : null;
  const [days, previous, refusals] = await Promise.all([
    sumDays(db, scope, period),
    compared && sumPeriod(db, scope, compared),
    sumRefusals(db, scope, period),
  ]);
  const sums = [...days.values()].flat();
  const { timeZone, countedUntil } = counting;
  const report = {
    period: { ...period, timeZone },
    ...{ compared, countedUntil },
    totals: numbersOf(sums),
    previous: previous && numbersOf(previous),
    days: daysOf(period).map((day) => ({ day, ...numbersOf(days.get(day) ?? []) })),
    refusals,
  };
  return { report, sums };
}

const TOP_CAMPAIGNS = 10;

/** The brand in numbers. */
export async function readOverview(db: Queryable, brandId: string, asked: Asked): Promise<Overview> {
  const { currency } = asked.counting;
  const byAccepted = { sort: 'accepted', order: 'desc', currency } as const;
  const [{ report }, top, budgets, live] = await Promise.all([
    reportOn(db, { brandId }, asked),
    readTable(db, brandId, asked.period, byAccepted, undefined, TOP_CAMPAIGNS),
    findBurning(db, brandId),
    countLive(db, brandId),
  ]);
  return { ...report, campaigns: top.map(({ campaign }) => campaign), budgets, live };
}

/** No more are counted, so that it takes no longer with a million. */
const MOST_LIVE = 1000;

async function countLive(db: Queryable, brandId: string): Promise<Overview['live']> {
  const active = (table: string, status: string) =>
    `(select count(*) from (select from ${table} where brand_id = $1 and status = '${status}' limit ${MOST_LIVE}) as active)`;
  const { rows } = await db.query<Overview['live']>(
    `select ${active('campaigns', 'active')} as campaigns, ${active('journeys', 'active')} as journeys,
       ${active('tournaments', 'open')} as tournaments`,
    [brandId],
  );
  return rows[0] ?? { campaigns: 0, journeys: 0, tournaments: 0 };
}

/** A campaign of the brand in numbers; undefined when there is no such one. */
export async function readCampaign(
  db: Queryable,
  brandId: string,
  campaignId: string,
  asked: Asked,
): Promise<CampaignReport | undefined> {
  const [campaign, { report, sums }, budgets] = await Promise.all([
    findCampaign(db, brandId, campaignId),
    reportOn(db, { brandId, campaignId }, asked),
    findBudgets(db, brandId, [campaignId]),
  ]);
  if (!campaign) return undefined;
  const { distributed, tries, accepted, grants, wagered, conversions } = report.totals;
  const funnel = {
    distributed: distributed === 0 ? null : distributed,
    shown: null,
    ...{ tried: tries, accepted, granted: grants, wagered, converted: conversions },
  };
  return {
    ...campaign,
    ...report,
    funnel,
    grantsByKind: grantsByKind(sums),
    budgets: budgets.map(({ currency, maximum, used, reserved }) => ({ currency, maximum, used, reserved })),
  };
}

function grantsByKind(sums: readonly Sum[]): CampaignReport['grantsByKind'] {
  const granted = sums.filter(({ measure }) => measure === 'granted');
  return GrantKind.options.flatMap((kind) => {
    const count = granted.reduce((total, sum) => (sum.detail === kind ? total + sum.count : total), 0);
    return count === 0 ? [] : [{ kind, count }];
  });
}

async function findCampaign(
  db: Queryable,
  brandId: string,
  campaignId: string,
): Promise<{ campaignId: string; name: string; status: CampaignStatus } | undefined> {
  const { rows } = await db.query<{ campaignId: string; name: string; status: CampaignStatus }>(
    'select campaign_id as "campaignId", name, status from campaigns where campaign_id = $1 and brand_id = $2',
    [campaignId, brandId],
  );
  return rows[0];
}
