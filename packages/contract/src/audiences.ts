import { z } from 'zod';
import { CampaignDefinition } from './campaign-definition.ts';
import { defineRoute } from './route.ts';

const { markets, audience } = CampaignDefinition.shape;

/** Whom a campaign is for, as its definition says it. */
export const Audience = z.strictObject({ markets, audience });
export type Audience = z.infer<typeof Audience>;

/** How many players, with the bounds that hold 95 times of 100; all three are the same where it was counted. */
export const PlayerEstimate = z.object({ count: z.int(), low: z.int(), high: z.int() });
export type PlayerEstimate = z.infer<typeof PlayerEstimate>;

export const AudienceCount = z.object({
  exact: z.boolean().describe('Every player was looked at; otherwise numbers are estimates from a sample'),
  looked: z.int().describe('Players that were looked at'),
  players: PlayerEstimate.describe('Of the brand'),
  matching: PlayerEstimate,
  unknown: PlayerEstimate.describe('Nothing speaks against them, but a fact that decides is missing'),
  barred: PlayerEstimate.describe('Self-excluded, or blocked from bonuses: they match nothing'),
  missing: z
    .array(z.object({ fact: z.string(), players: PlayerEstimate }))
    .describe(
      'The facts that are missing, the most wanted first. What is only known when a code is used, `traffic` and `activation`, always is',
    ),
});
export type AudienceCount = z.infer<typeof AudienceCount>;

export const countAudience = defineRoute({
  id: 'countAudience',
  method: 'POST',
  path: '/v1/audiences/count',
  tag: 'Campaigns',
  summary: 'How many players an audience matches now',
  description:
    'Counted in a brand of at most 5,000 players, otherwise estimated from a uniform sample of at most 5,000.',
  access: { permission: 'campaigns:write' },
  body: Audience,
  success: { 200: AudienceCount },
});
