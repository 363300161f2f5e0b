import { z } from 'zod';
import { GrantKind } from './bonuses.ts';
import { CampaignStatus } from './campaigns.ts';
import { BasisPoints, CalendarDate, CurrencyCode, Id, Instant, MinorAmount, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

const Count = z.int().min(0);
const Sum = MinorAmount.nullable();
const Rate = z.int().min(0).nullable();

/** Sums of money in one currency. An amount is null when it is past what can be told exactly. */
export const MoneyNumbers = z.object({
  currency: CurrencyCode,
  granted: Sum.describe('Face value of the bonuses granted, minor units'),
  converted: Sum.describe('Bonus money that became real'),
  cashPaid: Sum.describe('Cashback and winnings of free spins paid as cash'),
  cost: Sum.describe('What bonuses cost: `converted` and `cashPaid`'),
  deposits: Count.describe(
    'Deposits that count for an activation: those that paid for its bonus, and those within 7 days after the code was taken, for the last one',
  ),
  deposited: Sum.describe('Their sum'),
  bonusToDeposit: Rate.describe('`granted` of `deposited`, basis points; null without deposits'),
});
export type MoneyNumbers = z.infer<typeof MoneyNumbers>;

/** What happened in a period. Each number is at the time of what it counts. */
export const PerformanceNumbers = z.object({
  tries: Count.describe('Codes entered: `accepted` and `refused`'),
  accepted: Count.describe('Codes taken, also those that wait for a deposit'),
  awaitingDeposit: Count.describe('Those of `accepted` that were taken to wait for a deposit'),
  refused: Count,
  acceptanceRate: BasisPoints.nullable().describe('`accepted` of `tries`, basis points; null without tries'),
  lapsed: Count.describe('Activations whose deposit did not come'),
  reversed: Count.describe('Activations taken back'),
  distributed: Count.describe('Codes given to players one by one; not those that were exported'),
  grants: Count.describe('Bonuses granted, but for those that another bonus is paid as'),
  wagered: Count.describe('Bonuses whose turnover was reached'),
  conversions: Count.describe('Bonuses of which something became real money'),
  money: z.array(MoneyNumbers).describe('By currency, in alphabetical order'),
});
export type PerformanceNumbers = z.infer<typeof PerformanceNumbers>;

const Period = z.object({ from: CalendarDate, to: CalendarDate });

const report = {
  period: Period.extend({ timeZone: z.string() }).describe(
    'Days of the brand’s clock, the last one included',
  ),
  compared: Period.nullable().describe('As many days right before; null when not asked for'),
  countedUntil: Instant.describe('All that was committed before is counted'),
  totals: PerformanceNumbers,
  previous: PerformanceNumbers.nullable().describe('Of the period compared with'),
  days: z
    .array(PerformanceNumbers.extend({ day: CalendarDate }))
    .describe('Every day of the period, the oldest first'),
  refusals: z
    .array(z.object({ key: z.string(), count: Count }))
    .describe('Why codes were refused, at most 10 keys, the most frequent first'),
};

/** A money budget of a campaign. */
export const BudgetBurn = z.object({
  currency: CurrencyCode,
  maximum: MinorAmount,
  used: MinorAmount,
  reserved: MinorAmount,
});
export type BudgetBurn = z.infer<typeof BudgetBurn>;

const campaign = { campaignId: Id, name: z.string(), status: CampaignStatus };

/** A campaign in numbers. */
export const CampaignPerformance = z.object({ ...campaign, ...PerformanceNumbers.shape });
export type CampaignPerformance = z.infer<typeof CampaignPerformance>;

export const Overview = z.object({
  ...report,
  campaigns: z.array(CampaignPerformance).describe('At most 10, by codes taken'),
  budgets: z
    .array(z.object({ ...campaign, ...BudgetBurn.shape }))
    .describe('Of active campaigns as they are now, at most 20, the nearest to their end first'),
  live: z
    .object({ campaigns: Count, journeys: Count, tournaments: Count })
    .describe('What is active now; of each kind at most 1000 are counted'),
});
export type Overview = z.infer<typeof Overview>;

export const CampaignReport = z.object({
  ...campaign,
  ...report,
  funnel: z
    .object({
      distributed: Count.nullable().describe('null when no code was given to a player one by one'),
      shown: Count.nullable().describe('null: not known'),
      tried: Count,
      accepted: Count,
      granted: Count,
      wagered: Count,
      converted: Count,
    })
    .describe('How often it came that far in the period. A later step may be of an earlier try'),
  grantsByKind: z.array(z.object({ kind: GrantKind, count: Count })),
  budgets: z.array(BudgetBurn).describe('As they are now'),
});
export type CampaignReport = z.infer<typeof CampaignReport>;

/** Numbers that a table of campaigns is sorted by. */
export const PerformanceSort = z.enum([
  'tries',
  'accepted',
  'refused',
  'acceptanceRate',
  'grants',
  'conversions',
  'granted',
  'cost',
  'deposits',
  'deposited',
]);
export type PerformanceSort = z.infer<typeof PerformanceSort>;

const period = {
  from: CalendarDate.optional().describe('First day by the brand’s clock; 29 days before `to` if left out'),
  to: CalendarDate.optional().describe('Last day; today if left out. At most 400 days in all'),
};
const compare = z.enum(['previous', 'none']).default('previous');
const access = { permission: 'analytics:read' } as const;
const LATE =
  'Counted in the background, a second or two after it happened; `countedUntil` says how far. See the guide on analytics.';

export const getOverview = defineRoute({
  id: 'getOverview',
  method: 'GET',
  path: '/v1/overview',
  tag: 'Analytics',
  summary: 'The brand in numbers: totals, days, refusals, campaigns, budgets',
  description: LATE,
  access,
  query: z.strictObject({ ...period, compare }),
  success: { 200: Overview },
});

export const getCampaignPerformance = defineRoute({
  id: 'getCampaignPerformance',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/performance',
  tag: 'Analytics',
  summary: 'A campaign in numbers: funnel, totals, days, refusals, budgets',
  description: LATE,
  access,
  params: z.strictObject({ campaignId: Id }),
  query: z.strictObject({ ...period, compare }),
  success: { 200: CampaignReport },
  problems: [404],
});

const table = {
  ...period,
  sort: PerformanceSort.default('accepted'),
  order: z.enum(['asc', 'desc']).default('desc'),
  currency: CurrencyCode.optional().describe('That money is sorted by; the brand’s own if left out'),
};

export const listCampaignPerformance = defineRoute({
  id: 'listCampaignPerformance',
  method: 'GET',
  path: '/v1/performance/campaigns',
  tag: 'Analytics',
  summary: 'Campaigns of which something happened in a period, with their numbers',
  description: `${LATE} The table goes on being counted while it is paged through: a campaign may move between pages.`,
  access,
  query: z.strictObject({ ...pageQuery, ...table }),
  success: {
    200: z.object({
      items: z.array(CampaignPerformance),
      nextCursor: z.string().nullable(),
      period: report.period,
      countedUntil: report.countedUntil,
    }),
  },
});

export const exportCampaignPerformance = defineRoute({
  id: 'exportCampaignPerformance',
  method: 'GET',
  path: '/v1/performance/campaigns/export',
  tag: 'Analytics',
  summary: 'The same as CSV, a line for each campaign',
  description:
    'Money is in one currency, minor units; rates are basis points. Cells that a spreadsheet would run as a formula begin with an apostrophe.',
  access,
  query: z.strictObject(table),
  success: { 200: 'text/csv; charset=utf-8' },
});

/** What a list of campaigns shows beside each. */
export const CampaignNumbers = z.object({
  campaignId: Id,
  triesToday: Count.describe('By the brand’s clock'),
  acceptedToday: Count,
  accepted: Count.describe('Since it began'),
  budgets: z.array(BudgetBurn),
});
export type CampaignNumbers = z.infer<typeof CampaignNumbers>;

const MOST_CAMPAIGNS = 100;

export const listCampaignNumbers = defineRoute({
  id: 'listCampaignNumbers',
  method: 'GET',
  path: '/v1/campaign-numbers',
  tag: 'Analytics',
  summary: 'Live numbers of some campaigns, in the order asked for',
  description: 'Those that are not campaigns of the brand are left out.',
  access,
  query: z.strictObject({
    campaignIds: z
      .union([Id.transform((id) => [id]), z.array(Id).min(1).max(MOST_CAMPAIGNS)])
      .describe(`Repeat it for several, at most ${MOST_CAMPAIGNS}`),
  }),
  success: { 200: z.object({ items: z.array(CampaignNumbers), countedUntil: Instant }) },
});
