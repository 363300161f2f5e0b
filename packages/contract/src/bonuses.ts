import { z } from 'zod';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Reward } from './rewards.ts';
import { defineRoute } from './route.ts';

export const GrantKind = z.enum([
  'deposit',
  'free_spins',
  'bonus_balance',
  'cashback',
  'tournament_entry',
  'special',
]);

export const GrantStatus = z.enum([
  'pending',
  'active',
  'completed',
  'lost',
  'expired',
  'forfeited',
  'cancelled',
  'auto_closed',
  'delivery_failed',
]);
export type GrantStatus = z.infer<typeof GrantStatus>;

/** A bonus issued to one player. */
export const Grant = z.object({
  id: Id,
  player: z.string().describe("The platform's own id of the player"),
  kind: GrantKind,
  status: GrantStatus,
  campaignId: Id,
  campaignVersion: z.int(),
  activationId: Id.nullable(),
  source: z
    .enum(['staff', 'cashback', 'free_spins', 'journey'])
    .nullable()
    .describe('What issued it when no activation did'),
  parentGrantId: Id.nullable().describe('The bonus it came out of: the spins whose winnings it holds'),
  keptOutside: z
    .boolean()
    .describe('An outside engine keeps it: what is left, and how far it is, are as it told last'),
  amount: MinorAmount.describe('Face value, minor units; 0 while it depends on a deposit'),
  balance: MinorAmount.describe('What is left of it, minor units'),
  converted: MinorAmount.describe('What became real money, minor units'),
  convertsAtMost: MinorAmount.nullable().describe(
    'Limit on what becomes real money, minor units; null for none',
  ),
  currency: CurrencyCode,
  wageringRequired: MinorAmount.describe('Turnover required, minor units'),
  wagered: MinorAmount.describe('Turnover so far, minor units, rounded down'),
  remaining: MinorAmount.describe('Turnover still to come, minor units, rounded up; 0 once it has ended'),
  grantedAt: Instant.nullable().describe('null while pending'),
  expiresAt: Instant.nullable(),
  createdAt: Instant,
  changedAt: Instant,
});
export type Grant = z.infer<typeof Grant>;

/** A bonus with the terms it was issued under, whatever the campaign says by now. */
export const GrantWithTerms = Grant.extend({
  endedReason: z.string().nullable().optional().describe('Why it ended early. Not shown to players'),
  reward: Reward,
  terms: z.object({ significant: z.string(), full: z.string() }),
});
export type GrantWithTerms = z.infer<typeof GrantWithTerms>;

export const listGrants = defineRoute({
  id: 'listGrants',
  method: 'GET',
  path: '/v1/grants',
  tag: 'Bonuses',
  summary: 'Granted bonuses, newest first',
  description: 'With a player token, the bonuses of that player: then `player` must be left out.',
  access: { permission: 'bonuses:read', player: true },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    campaignId: Id.optional(),
    status: GrantStatus.optional(),
    kind: GrantKind.optional(),
    from: Instant.optional().describe('Created at or after'),
    to: Instant.optional().describe('Created before'),
  }),
  success: { 200: pageOf(Grant) },
});

export const getGrant = defineRoute({
  id: 'getGrant',
  method: 'GET',
  path: '/v1/grants/:grantId',
  tag: 'Bonuses',
  summary: 'One bonus, with the terms it was issued under',
  description: "With a player token, one of the player's own.",
  access: { permission: 'bonuses:read', player: true },
  params: z.strictObject({ grantId: Id }),
  success: { 200: GrantWithTerms },
  problems: [404],
});
