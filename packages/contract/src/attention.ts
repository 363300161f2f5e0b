import { z } from 'zod';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';

export const ATTENTION_KINDS = [
  'approvals',
  'code_alarms',
  'guess_wave',
  'cases_waiting',
  'reconciliation',
  'deliveries_failed',
  'adjustments_open',
  'enrolments_stuck',
  'webhooks_failing',
  'jobs_failed',
  'budgets_nearly_used',
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** Something that waits for a person. */
export const AttentionItem = z.object({
  kind: z
    .enum(ATTENTION_KINDS)
    .describe(
      '`approvals`: requests you may decide; `code_alarms`: codes that are out, or tried unusually often; `guess_wave`: more than half of the codes that are tried, or of those that look like a campaign’s, do not exist; `cases_waiting`: other cases of fraud that nobody has taken; `reconciliation`: the books do not add up; `deliveries_failed`: bonuses whose delivery was given up; `adjustments_open`: money a machine may not take back; `enrolments_stuck`: players who wait in running journeys for longer than is due; `webhooks_failing`: endpoints whose last attempt failed, or that are gone; `jobs_failed`: of the last seven days; `budgets_nearly_used`: running campaigns with more than 90 % of a budget taken',
    ),
  count: z.int().min(1).max(99),
  more: z.boolean().describe('There are more than 99'),
  since: Instant.nullable().describe('Of the oldest that was counted; null where that is not known'),
  ids: z
    .array(z.string())
    .max(5)
    .describe(
      'Of some of them: approvals, jobs, deliveries, adjustments, endpoints, campaigns; of enrolments that are stuck, their journeys; of alarms, their cases; of a wave of guesses, the brand or campaign',
    ),
});
export type AttentionItem = z.infer<typeof AttentionItem>;

export const getAttention = defineRoute({
  id: 'getAttention',
  method: 'GET',
  path: '/v1/attention',
  tag: 'Search',
  summary: 'What waits for you',
  description: 'Only what you may do something about; nothing of a kind that has nothing.',
  access: { permission: 'brands:read' },
  success: { 200: z.object({ items: z.array(AttentionItem) }) },
});
