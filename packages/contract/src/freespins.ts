import { z } from 'zod';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { ProviderName } from './providers.ts';
import { defineRoute } from './route.ts';

export const FreeSpinsState = z.enum([
  'pending',
  'delivery_failed',
  'issued',
  'playing',
  'finished',
  'cancelled',
  'expired',
]);
export type FreeSpinsState = z.infer<typeof FreeSpinsState>;

/** Free spins ordered for one player, with how far they have been played. */
export const FreeSpins = z.object({
  grantId: Id.describe('Also the provider’s name of the order'),
  player: z.string().describe("The platform's own id of the player"),
  campaignId: Id,
  provider: z.string(),
  state: FreeSpinsState,
  count: z.int().describe('Spins ordered'),
  played: z
    .int()
    .describe(
      'Rounds the provider has told of; all, once it says that they were played out and gives no number',
    ),
  remaining: z.int().describe('Spins that can still be played; 0 once they are over'),
  spinValue: MinorAmount.describe('Of one spin, minor units'),
  won: MinorAmount.describe('Minor units'),
  winCap: MinorAmount.nullable().describe('Most of the winnings that is paid, minor units'),
  credited: MinorAmount.describe('What was paid of the winnings, minor units'),
  currency: CurrencyCode,
  ending: z
    .enum(['cancelled', 'expired'])
    .nullable()
    .describe('They are to end like this, and the provider’s last word is awaited'),
  endingReason: z.string().nullable(),
  providerReference: z.string().nullable(),
  expiresAt: Instant.nullable(),
  issuedAt: Instant.nullable(),
  overAt: Instant.nullable(),
  createdAt: Instant,
  changedAt: Instant,
});
export type FreeSpins = z.infer<typeof FreeSpins>;

export const listFreeSpins = defineRoute({
  id: 'listFreeSpins',
  method: 'GET',
  path: '/v1/free-spins',
  tag: 'Free spins',
  summary: 'Free spins with their progress, newest first',
  description:
    'Spins appear once their order is first sent to the provider; until then they are pending grants. With a player ' +
    'token, the spins of that player: then `player` must be left out.',
  access: { permission: 'bonuses:read', player: true },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    campaignId: Id.optional(),
    provider: ProviderName.optional(),
    state: FreeSpinsState.optional(),
  }),
  success: { 200: pageOf(FreeSpins) },
});

export const cancelFreeSpins = defineRoute({
  id: 'cancelFreeSpins',
  method: 'POST',
  path: '/v1/free-spins/:freeSpinsId/cancel',
  tag: 'Free spins',
  summary: 'Cancel what is left of free spins',
  description:
    'Spins the provider has never heard of are cancelled at once. Otherwise the provider is asked, and they stay as they ' +
    'are, with `ending`, until its last word: rounds played meanwhile count, and what they won is paid. Again, it changes ' +
    'nothing. With a player token, the player’s own.',
  access: { permission: 'bonuses:change', player: true },
  params: z.strictObject({ freeSpinsId: Id.describe('The grant’s id') }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  success: { 200: FreeSpins },
  problems: [404],
});
