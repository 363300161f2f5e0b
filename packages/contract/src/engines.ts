import { z } from 'zod';
import { Id, Instant, MinorAmount } from './common.ts';
import { defineRoute } from './route.ts';
import { WebhookSecret } from './webhooks.ts';

const EngineUrl = z
  .string()
  .min(1)
  .max(2048)
  .describe('http or https, without user or password; redirects are not followed');

/** Who keeps the brand's bonuses of money. */
export const BonusEngine = z.object({
  keeper: z
    .enum(['built_in', 'outside'])
    .describe(
      '`built_in`: this server folds bets, and has the books; `outside`: bonuses are delivered to an engine at `url`',
    ),
  engineId: Id.nullable().describe('Part of the address its reports go to; null until one was connected'),
  url: EngineUrl.nullable(),
  previousSecretUntil: Instant.nullable().describe(
    'Until then messages also carry the signature of the secret before, and reports may be signed with it',
  ),
  updatedAt: Instant.nullable(),
});
export type BonusEngine = z.infer<typeof BonusEngine>;

/** What an engine is sent, as JSON signed by Standard Webhooks; `webhook-id` is `{grantId}.{operation}`. */
export const EngineMessage = z.object({
  operation: z
    .enum(['issue', 'cancel', 'test'])
    .describe(
      'A cancellation may overtake its issue, and either may come again: answer what was answered before, and refuse to ' +
        'issue what was cancelled',
    ),
  grantId: Id.nullable().describe('What the bonus is known by; null of a test'),
  brand: z.string().describe('Slug of the brand'),
  sentAt: Instant,
  bonus: z
    .object({
      player: z.string().describe("The platform's own id of the player"),
      campaignId: Id,
      campaignVersion: z.int(),
      currency: z.string(),
      amount: MinorAmount,
      wageringRequired: MinorAmount.describe('Turnover, minor units'),
      wagering: z.unknown().describe('The terms of wagering it was issued under, as the campaign has them'),
      depositId: z.string().nullable(),
      expiresAt: Instant.nullable(),
    })
    .nullable()
    .describe('null of a test'),
});
export type EngineMessage = z.infer<typeof EngineMessage>;

/** What an engine answers, with a 2xx status. Anything else is asked again for three days. */
export const EngineAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('accepted') }),
  z.object({ status: z.literal('refused'), reason: z.string().min(1).max(500) }),
]);
export type EngineAnswer = z.infer<typeof EngineAnswer>;

/** Minor units that are still exact in the 1/10,000 in which turnover is counted. */
const LARGEST_TURNOVER = 900_719_925_474;

/** What an engine tells of a bonus it keeps. Amounts are all told, not since the last report. */
export const EngineReport = z.strictObject({
  grantId: Id,
  status: z
    .enum(['progressed', 'completed', 'lost', 'expired', 'forfeited'])
    .describe('All but `progressed` end the bonus'),
  wagered: MinorAmount.max(LARGEST_TURNOVER).describe('Turnover so far, minor units'),
  balance: MinorAmount.describe('What is left of the bonus, minor units; 0 once it has ended'),
  converted: MinorAmount.default(0).describe('What became real money, minor units: of a completed bonus'),
});
export type EngineReport = z.infer<typeof EngineReport>;

const tag = 'Bonus engine';
const path = '/v1/bonus-engine';

export const getBonusEngine = defineRoute({
  id: 'getBonusEngine',
  method: 'GET',
  path,
  tag,
  summary: "Who keeps the brand's bonuses",
  access: { permission: 'providers:read' },
  success: { 200: BonusEngine },
});

export const setBonusEngine = defineRoute({
  id: 'setBonusEngine',
  method: 'PUT',
  path,
  tag,
  summary: 'Choose who keeps the bonuses',
  description:
    'Takes effect for bonuses issued from now on; those that are open stay where they are. Connecting an engine for the ' +
    'first time answers with the secret that both sides sign with, shown this once.',
  access: { permission: 'providers:write' },
  body: z.discriminatedUnion('keeper', [
    z.strictObject({ keeper: z.literal('built_in') }),
    z.strictObject({ keeper: z.literal('outside'), url: EngineUrl }),
  ]),
  success: { 200: BonusEngine.extend({ secret: WebhookSecret.nullable() }) },
});

export const rotateBonusEngineSecret = defineRoute({
  id: 'rotateBonusEngineSecret',
  method: 'POST',
  path: `${path}/rotate-secret`,
  tag,
  summary: "Replace the engine's secret",
  description:
    'During the overlap messages are signed with both secrets, and reports may be signed with either.',
  access: { permission: 'providers:write' },
  body: z.strictObject({
    overlapSeconds: z.int().min(0).max(604_800).default(86_400).describe('At most seven days'),
  }),
  success: { 200: BonusEngine.extend({ secret: WebhookSecret }) },
  problems: [404],
});

export const testBonusEngine = defineRoute({
  id: 'testBonusEngine',
  method: 'POST',
  path: `${path}/test`,
  tag,
  summary: 'Send the engine a message that means nothing',
  description: 'Signed like any other, with the operation `test`; `accepted` is the answer hoped for.',
  access: { permission: 'providers:write' },
  success: {
    200: z.object({
      accepted: z.boolean(),
      status: z.int().nullable().describe('HTTP status; null when there was no answer'),
      error: z.string().nullable(),
      response: z.string().nullable().describe('The beginning of the answer'),
      durationMs: z.int(),
    }),
  },
  problems: [404],
});

export const reportOnBonus = defineRoute({
  id: 'reportOnBonus',
  method: 'POST',
  path: '/v1/bonus-engines/:engineId/reports',
  tag,
  summary: 'Tell of a bonus: for the engine that keeps it',
  description:
    'JSON of the schema `EngineReport`, signed by Standard Webhooks with the secret of the engine over the exact bytes ' +
    '(`webhook-id`, `webhook-timestamp`, `webhook-signature`), not older than five minutes. The `webhook-id` names the ' +
    'report: sent again it is answered as before, and has no effect.',
  access: 'open',
  params: z.strictObject({ engineId: Id }),
  headers: z.object({
    'webhook-id': z.string().max(200).optional(),
    'webhook-timestamp': z.string().max(20).optional(),
    'webhook-signature': z.string().max(1000).optional(),
  }),
  rawBody: { contentTypes: ['application/json'] },
  success: {
    200: z.object({
      grantId: Id,
      status: z.string().describe('State of the bonus now'),
      applied: z.boolean().describe('false when the bonus had ended before'),
    }),
  },
  problems: [404, 409],
  bodyLimit: 16 * 1024,
});
