import { z } from 'zod';
import { Instant, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

/** Why one might look twice at what a player tries. Attempts are those of the last 30 days, of the latest 1,000. */
export const PlayerRisk = z.object({
  attempts: z.int(),
  refusals: z
    .array(z.object({ key: z.string(), attempts: z.int(), lastAt: Instant }))
    .describe('Why attempts were refused, the most frequent first'),
  guessing: z.object({
    misses: z.int().describe('Codes there are not that were tried in the last ten minutes'),
    lockouts: z.int().describe('How often in a row too many were, each within a day of the one before'),
    lockedUntil: Instant.nullable().describe('Until then every code is refused'),
  }),
});
export type PlayerRisk = z.infer<typeof PlayerRisk>;

export const getPlayerRisk = defineRoute({
  id: 'getPlayerRisk',
  method: 'GET',
  path: '/v1/players/:externalId/risk',
  tag: 'Players',
  summary: 'What speaks for a second look at a player',
  access: { permission: 'activations:read' },
  params: z.strictObject({ externalId: PlayerExternalId }),
  success: { 200: PlayerRisk },
  problems: [404],
});
