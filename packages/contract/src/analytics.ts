import { z } from 'zod';
import { GrantKind } from './bonuses.ts';
import { CalendarDate, CurrencyCode, Id, Instant, MinorAmount, pageQuery } from './common.ts';
import {
  access,
  Count,
  campaign,
  LATE,
  PerformanceNumbers,
  Period,
  period,
  reported,
} from './performance-numbers.ts';
import { defineRoute } from './route.ts';

const report = {
  ...reported,
  compared: Period.extend({
    campaign: z
      .object({ campaignId: Id, name: z.string() })
      .nullable()
      .describe('null: the same as in the report'),
  })
    .nullable()
    .describe('What it is compared with; null when not asked for'),
  conversion: z
    .object({
      currency: CurrencyCode,
      missing: z
        .array(z.object({ currency: CurrencyCode, days: Count, first: CalendarDate, last: CalendarDate }))
        .describe('Rates there are not: money of those days is told in its own currency instead'),
    })
    .nullable()
    .describe('What money was converted into, by the rates of its days; null when not asked for'),
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
      shown: Count.nullable().describe('null when no message carried a code of the campaign by a label tag'),
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
  'staked',
  'ggr',
]);
export type PerformanceSort = z.infer<typeof PerformanceSort>;

const CalendarDay = /^\d{4}-\d\d-\d\d$/;
const isOther = (text: string, { withCampaigns }: { withCampaigns: boolean }): boolean => {
  const [kind, of = ''] = text.split(':', 2);
  if (kind === 'from') return CalendarDay.test(of) && CalendarDate.safeParse(of).success;
  return withCampaigns && kind === 'campaign' && Id.safeParse(of).success;
};
const comparedWith = (withCampaigns: boolean) =>
  z
    .string()
    .max(64)
    .refine(
      (text) => text === 'previous' || text === 'none' || isOther(text, { withCampaigns }),
      withCampaigns
        ? 'previous, none, from:2026-03-01 or campaign:<id>'
        : 'previous, none or from:2026-03-01',
    )
    .default('previous');
const into = CurrencyCode.optional().describe(
  'Money is converted into this currency, each day’s by the rate of the day; left out, it stays in its own',
);
export const getOverview = defineRoute({
  id: 'getOverview',
  method: 'GET',
  path: '/v1/overview',
  tag: 'Analytics',
  summary: 'The brand in numbers: totals, days, refusals, campaigns, budgets',
  description: LATE,
  access,
  query: z.strictObject({ ...period, compare: comparedWith(false), in: into }),
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
  query: z.strictObject({ ...period, compare: comparedWith(true), in: into }),
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
      ...reported,
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
