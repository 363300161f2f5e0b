import { z } from 'zod';
import { Approval } from './approvals.ts';
import { GrantWithTerms } from './bonuses.ts';
import { CurrencyCode, Id, Instant, MinorAmount, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

const Reason = z.string().trim().min(1).max(500);

const tag = 'Bonuses';
const ofGrant = { tag, params: z.strictObject({ grantId: Id }) } as const;

export const grantByHand = defineRoute({
  id: 'grantByHand',
  method: 'POST',
  path: '/v1/grants',
  tag,
  summary: 'Grant a bonus by hand',
  description:
    "Grants one reward of a campaign that is active, paused or ended, under the campaign's terms in force. The audience, " +
    "the limits and the schedule of the campaign are the grantor's to overrule; the law, a player's exclusion and the " +
    'budget are not. Above the threshold of the brand (`manualGrant`) it waits for a second person (202), and is ' +
    'checked again when it is approved.',
  access: { permission: 'bonuses:grant' },
  headers: z.object({
    'idempotency-key': z.string().min(1).max(200).optional().describe('A repetition is answered as before'),
  }),
  body: z.strictObject({
    player: PlayerExternalId,
    campaignId: Id,
    rewardIndex: z.int().min(0).max(9).default(0).describe('Which of the rewards of the campaign'),
    currency: CurrencyCode.optional().describe("The player's own when left out"),
    amount: MinorAmount.min(1)
      .optional()
      .describe(
        'Of a bonus of money, minor units; what the campaign says when left out. A deposit bonus needs it, for there is ' +
          'no deposit',
      ),
    reason: Reason,
  }),
  success: { 201: GrantWithTerms, 202: Approval },
  problems: [404, 409],
});

export const cancelGrant = defineRoute({
  ...ofGrant,
  id: 'cancelGrant',
  method: 'POST',
  path: '/v1/grants/:grantId/cancel',
  summary: 'Cancel a bonus',
  description:
    'What is left of it is gone; what became real money stays. One that waits for a deposit ends with its activation. Of ' +
    'free spins that are being played the provider has the last word. Again, it changes nothing.',
  access: { permission: 'bonuses:change' },
  body: z.strictObject({ reason: Reason }),
  success: { 200: GrantWithTerms },
  problems: [404, 409],
});

export const extendGrant = defineRoute({
  ...ofGrant,
  id: 'extendGrant',
  method: 'POST',
  path: '/v1/grants/:grantId/extend',
  summary: 'Let a bonus run longer',
  description: 'Of an active bonus of money that is kept here, to an instant after the one it has.',
  access: { permission: 'bonuses:change' },
  body: z.strictObject({ expiresAt: Instant, reason: Reason }),
  success: { 200: GrantWithTerms },
  problems: [404, 409],
});

export const reinstateGrant = defineRoute({
  ...ofGrant,
  id: 'reinstateGrant',
  method: 'POST',
  path: '/v1/grants/:grantId/reinstate',
  summary: 'Bring a lost or forfeited bonus back',
  description:
    'With what it held when it ended, and the turnover it had reached. Not one that was lost with nothing left, nor one whose ' +
    'time is over.',
  access: { permission: 'bonuses:change' },
  body: z.strictObject({ reason: Reason }),
  success: { 200: GrantWithTerms },
  problems: [404, 409],
});

/** What a player gives up with a bonus. Minor units. */
export const ForfeitCost = z.object({
  grantId: Id,
  currency: CurrencyCode,
  balanceLost: MinorAmount.describe('Everything the bonus holds'),
  winningsLost: MinorAmount.describe('The part of it that is above what was granted'),
  turnoverLost: MinorAmount.describe('What was wagered for nothing'),
  spinsLost: z.int().min(0).describe('Free spins not played yet'),
  ticketsLost: z.int().min(0).describe('Tickets not used yet'),
  cashbackLost: MinorAmount.describe(
    'Cashback that waits to be claimed. Of the period that is open and later ones nothing is paid either',
  ),
  realKept: MinorAmount.nullable().describe(
    "The player's real money in that currency, which stays; null where an outside engine keeps the bonus",
  ),
});
export type ForfeitCost = z.infer<typeof ForfeitCost>;

export const previewForfeit = defineRoute({
  ...ofGrant,
  id: 'previewForfeit',
  method: 'GET',
  path: '/v1/grants/:grantId/forfeit',
  summary: 'What giving a bonus up would cost',
  description: "With a player token, one of the player's own.",
  access: { permission: 'bonuses:read', player: true },
  success: { 200: ForfeitCost },
  problems: [404, 409],
});

export const forfeitGrant = defineRoute({
  ...ofGrant,
  id: 'forfeitGrant',
  method: 'POST',
  path: '/v1/grants/:grantId/forfeit',
  summary: 'Give a bonus up',
  description:
    "With a player token, one of the player's own. One that has not begun yet is cancelled instead. Again, it changes " +
    'nothing.',
  access: { permission: 'bonuses:change', player: true },
  success: { 200: GrantWithTerms },
  problems: [404, 409],
});
