import type { CampaignReport, Overview } from '@promosmith/contract';
import { GrantKind } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { findBudgets, findBurning } from './budgets.ts';
import { type Compared, findCampaign } from './comparison.ts';
import { converted, type DaySum, type Into, missingRates, readRates } from './conversion.ts';
import { numbersOf } from './numbers.ts';
import { type Counting, daysOf, type Period } from './period.ts';
import { type Scope, type Sum, sumDays, sumRefusals } from './sums.ts';
import { readTable } from './table.ts';

/** What is reported on. */
export interface Asked {
  readonly period: Period;
  readonly counting: Counting;
  readonly compared: Compared | null;
  /** null: money stays in its own currency. */
  readonly into: Into | null;
}

type Report = Omit<Overview, 'campaigns' | 'budgets' | 'live'>;

/** What the overview and a campaign's report have in common, and the sums of the period. */
async function reportOn(
  db: Queryable,
  scope: Scope,
  { period, counting, compared, into }: Asked,
): Promise<{ report: Report; sums: Sum[] }> {
  const other = compared?.campaign ? { ...scope, campaignId: compared.campaign.campaignId } : scope;
  const [own, previous, refusals] = await Promise.all([
    sumConverted(db, scope, period, into),
    compared && sumConverted(db, other, compared, into),
    sumRefusals(db, scope, period),
  ]);
  const { timeZone, countedUntil, feesBps } = counting;
  const byDay = Map.groupBy(own.sums, ({ day }) => day);
  const report = {
    period: { ...period, timeZone },
    ...{ compared, countedUntil },
    conversion: own.conversion,
    totals: numbersOf(own.sums, feesBps),
    previous: previous && numbersOf(previous.sums, feesBps),
    days: daysOf(period).map((day) => ({ day, ...numbersOf(byDay.get(day) ?? [], feesBps) })),
    refusals,
  };
  return { report, sums: own.sums };
}

async function sumConverted(
  db: Queryable,
  scope: Scope,
  { from, to }: Period,
  into: Into | null,
): Promise<{ sums: DaySum[]; conversion: Report['conversion'] }> {
  const period = { from, to };
  const [sums, rates] = await Promise.all([
    sumDays(db, scope, period),
    into && readRates(db, scope.brandId, into, period),
  ]);
  if (!rates) return { sums, conversion: null };
  return { sums: converted(sums, rates), conversion: missingRates(sums, rates) };
}

const TOP_CAMPAIGNS = 10;

/** The brand in numbers. */
export async function readOverview(db: Queryable, brandId: string, asked: Asked): Promise<Overview> {
  const { currency, feesBps } = asked.counting;
  const byAccepted = { sort: 'accepted', order: 'desc', currency, feesBps } as const;
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
  const { distributed, shown, tries, accepted, grants, wagered, conversions } = report.totals;
  const funnel = {
    distributed: distributed === 0 ? null : distributed,
    shown: shown === 0 ? null : shown,
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
