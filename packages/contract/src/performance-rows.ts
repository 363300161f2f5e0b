import { z } from 'zod';
import { CurrencyCode, Id, Instant, pageQuery } from './common.ts';
import { access, campaign, LATE, PerformanceNumbers, period, reported } from './performance-numbers.ts';
import { defineRoute } from './route.ts';

/** What the numbers of a campaign are broken down by. */
export const PerformanceDimension = z.enum([
  'code',
  'batch',
  'source',
  'affiliate',
  'segment',
  'country',
  'device',
  'channel',
]);
export type PerformanceDimension = z.infer<typeof PerformanceDimension>;

/** One value of a dimension, with its numbers. */
export const PerformancePart = z.object({
  kind: z
    .enum(['value', 'none', 'others'])
    .describe('`none`: without any. `others`: all that came when 200 values were told apart'),
  value: z.string().nullable().describe('null for `none` and `others`'),
  name: z.string().nullable().describe('Of a shared code its text'),
  ...PerformanceNumbers.shape,
});
export type PerformancePart = z.infer<typeof PerformancePart>;

export const getPerformanceBreakdown = defineRoute({
  id: 'getPerformanceBreakdown',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/performance/breakdown',
  tag: 'Analytics',
  summary: 'A campaign in numbers by code, batch, source, segment, country, device or channel',
  description: `${LATE} What somebody was is told as of the try, or of the end of its review where it was held; a bonus, a deposit or a bet is of whom took the code. Who is in several segments counts in each of them.`,
  access,
  params: z.strictObject({ campaignId: Id }),
  query: z.strictObject({ ...period, by: PerformanceDimension.default('source') }),
  success: {
    200: z.object({
      ...campaign,
      ...reported,
      by: PerformanceDimension,
      items: z.array(PerformancePart).describe('Most codes taken first; `none` and `others` last'),
    }),
  },
  problems: [404],
});

/** Numbers that have rows behind them. Rates have those of their parts. */
export const DrilledFigure = z.enum([
  'tries',
  'accepted',
  'awaitingDeposit',
  'refused',
  'lapsed',
  'reversed',
  'distributed',
  'shown',
  'grants',
  'wagered',
  'conversions',
  'granted',
  'converted',
  'cashPaid',
  'cost',
  'breakage',
  'deposits',
  'deposited',
  'bets',
  'staked',
  'won',
  'ggr',
]);
export type DrilledFigure = z.infer<typeof DrilledFigure>;

/** A row behind a number. */
export const PerformanceRow = z.object({
  at: Instant.describe('Of bets the beginning of their quarter of an hour'),
  player: z.string().nullable().describe('The platform’s own id; null when nothing is known of the player'),
  kind: z.string().describe('What was counted, such as `accepted`'),
  detail: z.string().describe('A finer word: the key of a refusal, the kind of a bonus. Often empty'),
  currency: CurrencyCode.nullable(),
  count: z.int().describe('What it adds to the number, where that is a count'),
  amount: z
    .int()
    .describe('What it adds to the number, where that is money: minor units, below 0 where it takes'),
  about: z
    .object({ kind: z.enum(['activation', 'grant', 'code', 'message', 'deposit']), id: z.string() })
    .nullable(),
});
export type PerformanceRow = z.infer<typeof PerformanceRow>;

export const listPerformanceRows = defineRoute({
  id: 'listPerformanceRows',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/performance/rows',
  tag: 'Analytics',
  summary: 'The rows behind a number of a campaign, the latest first',
  description: 'They add up to exactly the number, counts by `count` and money by `amount`.',
  access: { permission: 'activations:read' },
  params: z.strictObject({ campaignId: Id }),
  query: z
    .strictObject({
      ...pageQuery,
      ...period,
      measure: DrilledFigure.default('tries'),
      currency: CurrencyCode.optional(),
      detail: z.string().max(128).optional().describe('Such as the key of a refusal'),
      by: PerformanceDimension.optional(),
      value: z.string().max(256).optional(),
      only: z.enum(['none', 'others']).optional().describe('Instead of a value'),
    })
    .refine(
      ({ by, value, only }) =>
        (by === undefined) === (value === undefined && only === undefined) &&
        !(value !== undefined && only !== undefined),
      { path: ['by'], error: 'comes with `value` or `only`, and they with it' },
    ),
  success: { 200: z.object({ items: z.array(PerformanceRow), nextCursor: z.string().nullable() }) },
  problems: [404],
});
