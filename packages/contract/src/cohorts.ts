import { z } from 'zod';
import { BasisPoints, CalendarDate, CurrencyCode, Id, Instant } from './common.ts';
import { defineRoute } from './route.ts';

const Count = z.int().min(0);
/** Minor units; below 0 where players won more than they lost; null: past what is exact. */
const SignedAmount = z.int().nullable();

export const CohortBy = z.enum(['week', 'month']);
export type CohortBy = z.infer<typeof CohortBy>;
export const CohortOf = z.enum(['registration', 'first_activation', 'experiment']);
export type CohortOf = z.infer<typeof CohortOf>;
export const CohortMeasure = z.enum(['active', 'deposited', 'ngr']);
export type CohortMeasure = z.infer<typeof CohortMeasure>;

/** A cohort in one of the weeks or months since its own. */
export const CohortCell = z.object({
  period: z.int().min(0).describe('Whole weeks or months since the cohort’s own, which is 0'),
  players: Count.describe('Players of the cohort who bet in it, or of `deposited` who deposited'),
  shareBps: BasisPoints.describe('`players` of the cohort, basis points'),
  amount: SignedAmount.describe(
    'Deposits, or NGR, in minor units of the report’s currency; null of `active`',
  ),
  isOver: z.boolean().describe('Whether the week or month is over; before, numbers still grow'),
});
export type CohortCell = z.infer<typeof CohortCell>;

export const Cohort = z.object({
  start: CalendarDate.describe('First day of its week, a Monday, or month, by the brand’s clock'),
  size: Count.describe('Players in it'),
  cells: z.array(CohortCell).describe('Every week or month up to now, the first one first'),
});
export type Cohort = z.infer<typeof Cohort>;

export const CohortReport = z.object({
  by: CohortBy,
  of: CohortOf,
  measure: CohortMeasure,
  currency: CurrencyCode,
  timeZone: z.string(),
  groups: z
    .array(
      z.object({
        key: z.string().describe('`all`, or the key of an experiment’s arm'),
        name: z.string().nullable(),
        cohorts: z.array(Cohort).describe('The newest first; at most 26 weeks or 24 months'),
      }),
    )
    .describe(
      'One, or of an experiment one for each arm: the treated beside the control group; one of all arms together while the experiment is of the `fixed` method and not over. None of what is not there',
    ),
  countedAt: Instant.describe('Counted in the background; what happened shortly before may be missing'),
});
export type CohortReport = z.infer<typeof CohortReport>;

/** What players were worth in their first days. */
export const PlayerValue = z.object({
  days: z.int().describe('From the day of the first activation on, that day included'),
  players: Count.describe('Whose days are over'),
  mean: z.number().nullable().describe('NGR of a player on average, minor units; null without players'),
  median: z.number().nullable().describe('Half of the players are worth less'),
  p90: z.number().nullable().describe('One in ten is worth more'),
});
export type PlayerValue = z.infer<typeof PlayerValue>;

export const PlayerValueReport = z.object({
  campaignId: Id,
  currency: CurrencyCode,
  players: Count.describe('Who had a code of the campaign taken'),
  value: z.array(PlayerValue).describe('After 7, 30 and 90 days'),
  hunters: z
    .object({
      players: Count.describe('Who bet, or cost something, since their first activation'),
      hunters: Count.describe(
        'Those of them whose bonuses cost as much as stakes − wins brought, or more, or all of whose stakes were bonus money',
      ),
      costly: Count.describe('Those of `hunters` for the first reason'),
      bonusOnly: Count.describe('Those of `hunters` for the second; both may hold'),
      shareBps: BasisPoints.nullable().describe('`hunters` of `players`, basis points; null without players'),
    })
    .describe(
      'Bonus hunters, over the 90 days from the day of the first activation on, as far as they are over',
    ),
  countedAt: Instant,
});
export type PlayerValueReport = z.infer<typeof PlayerValueReport>;

const tag = 'Cohorts';
const access = { permission: 'analytics:read' } as const;

export const getCohorts = defineRoute({
  id: 'getCohorts',
  method: 'GET',
  path: '/v1/cohorts',
  tag,
  summary: 'How many players come back, and what they bring, week by week or month by month',
  access,
  query: z.strictObject({
    by: CohortBy.default('week'),
    of: CohortOf.optional().describe(
      '`registration` when left out; `first_activation`: of the first code a player had taken, of `campaignId` if given; `experiment`: of the assignment to `experimentId`. An id that is given says which',
    ),
    measure: CohortMeasure.default('active'),
    campaignId: Id.optional().describe('With `of=first_activation`'),
    experimentId: Id.optional().describe('With `of=experiment`, and needed there'),
    currency: CurrencyCode.optional().describe('The brand’s own when left out'),
  }),
  success: { 200: CohortReport },
});

export const getPlayerValue = defineRoute({
  id: 'getPlayerValue',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/player-value',
  tag,
  summary: 'What players are worth after a code of a campaign, and how many of them hunt bonuses',
  access,
  params: z.strictObject({ campaignId: Id }),
  query: z.strictObject({ currency: CurrencyCode.optional().describe('The brand’s own when left out') }),
  success: { 200: PlayerValueReport },
  problems: [404],
});
