import { z } from 'zod';
import { proofHeaders } from './challenges.ts';
import {
  CalendarDate,
  Country,
  CurrencyCode,
  Id,
  Instant,
  IpAddress,
  MinorAmount,
  PlayerExternalId,
  pageOf,
  pageQuery,
} from './common.ts';
import { defineRoute } from './route.ts';

const ShortText = z.string().min(1).max(128);

/** What a player typed. Case, spaces and dashes are forgiven; a text that can't be a code is refused as unknown. */
export const CodeText = z.string().min(1).max(200);

/**
 * The player, by the platform's id. Whatever else is given is known from now on, so that a code can be entered at
 * registration, before the platform has told of the player.
 */
export const ActivationPlayer = z.strictObject({
  id: PlayerExternalId,
  email: z.email().max(254).optional(),
  country: Country.optional(),
  currency: CurrencyCode.optional(),
  language: z.string().min(2).max(35).optional(),
  birthDate: CalendarDate.optional(),
  registeredAt: Instant.optional(),
});
export type ActivationPlayer = z.infer<typeof ActivationPlayer>;

export const TrafficSource = z.strictObject({
  utmSource: ShortText.optional(),
  utmMedium: ShortText.optional(),
  utmCampaign: ShortText.optional(),
  affiliateId: ShortText.optional(),
});

/** One attempt to use a code. A player token names the player itself: then `player` and `ip` must be left out. */
export const ActivationRequest = z.strictObject({
  code: CodeText,
  player: ActivationPlayer.optional(),
  channel: z.enum(['registration', 'cashier', 'popup', 'account', 'api']).default('api'),
  device: z.strictObject({ id: ShortText.optional(), type: z.string().min(1).max(32).optional() }).optional(),
  ip: IpAddress.optional().describe("The player's address, when a back end calls"),
  ipCountry: Country.optional(),
  traffic: TrafficSource.optional(),
});
export type ActivationRequest = z.infer<typeof ActivationRequest>;

/** One failed check, in the order of the decision. */
export const RefusalReason = z.object({
  key: z.string(),
  message: z.string(),
  check: z.string(),
  saw: z.unknown().optional(),
  needs: z.unknown().optional().describe('The nearest way to pass'),
});

export const IssuedGrant = z.object({
  id: Id,
  kind: z.enum(['deposit', 'free_spins', 'bonus_balance', 'cashback', 'tournament_entry', 'special']),
  status: z.enum(['pending', 'active']),
  amount: MinorAmount.describe('Minor units; 0 while it depends on a deposit'),
  currency: CurrencyCode,
  wageringRequired: MinorAmount.describe('Turnover required, minor units'),
  expiresAt: Instant.nullable(),
});

export const ActivationOutcome = z.enum([
  'accepted',
  'awaiting_deposit',
  'in_review',
  'refused',
  'lapsed',
  'reversed',
]);

/** The answer to an accepted attempt. The same idempotency key gives the same answer again. */
export const ActivationAccepted = z.object({
  id: Id,
  outcome: z
    .enum(['accepted', 'awaiting_deposit', 'in_review'])
    .describe('in_review: promised, and looked at by a person before it is issued'),
  player: z.string(),
  code: z.string().describe('Masked to its last four symbols unless the code is shared'),
  codeId: Id,
  campaignId: Id,
  campaignVersion: z.int(),
  grants: z.array(IssuedGrant),
  awaitingUntil: Instant.nullable().describe('When an awaited deposit comes too late'),
  createdAt: Instant,
});
export type ActivationAccepted = z.infer<typeof ActivationAccepted>;

export const ValidationResult = z.object({
  valid: z.boolean(),
  outcome: z.enum(['accepted', 'awaiting_deposit', 'in_review', 'refused']),
  key: z.string().nullable(),
  message: z.string().nullable(),
  reasons: z.array(RefusalReason),
  campaignId: Id.nullable(),
  grants: z.array(IssuedGrant.omit({ id: true })),
});
export type ValidationResult = z.infer<typeof ValidationResult>;

/** One line of the Player Activation Logs. */
export const ActivationRecord = z.object({
  id: Id,
  outcome: ActivationOutcome,
  refusalKey: z.string().nullable(),
  player: z.string(),
  code: z.string().nullable(),
  codeId: Id.nullable(),
  campaignId: Id.nullable(),
  campaignVersion: z.int().nullable(),
  channel: z.string(),
  createdAt: Instant,
  changedAt: Instant,
  awaitingUntil: Instant.nullable(),
});
export type ActivationRecord = z.infer<typeof ActivationRecord>;

export const Explanation = z.object({
  activation: ActivationRecord,
  message: z.string(),
  checks: z.array(
    z.object({
      check: z.string(),
      ok: z.boolean(),
      key: z.string().optional(),
      message: z.string().optional(),
      saw: z.unknown().optional(),
      needs: z.unknown().optional(),
    }),
  ),
});
export type Explanation = z.infer<typeof Explanation>;

export const Reversal = z.object({
  id: Id,
  outcome: z.enum(['reversed', 'lapsed']).describe('lapsed when it still waited for its deposit'),
  reversedAt: Instant,
  cancelledGrants: z.array(Id),
});
export type Reversal = z.infer<typeof Reversal>;

const activationParams = z.object({ activationId: Id });

const idempotencyHeaders = proofHeaders.extend({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .regex(/^[\x21-\x7e]+$/, 'printable ASCII without spaces')
    .optional()
    .describe('Scoped to the player; the same key with the same request gives the same answer, for ever'),
});

export const validateCode = defineRoute({
  id: 'validateCode',
  method: 'POST',
  path: '/v1/validations',
  tag: 'Activations',
  summary: 'Try a code without using it',
  description:
    'The same decision as an activation, with no effect, except that an unknown code counts as a guess: too many of them, and the player or address has to wait. Anonymous callers get one neutral refusal.',
  access: { permission: 'activations:create', player: true, publishable: true },
  headers: proofHeaders,
  body: ActivationRequest,
  success: { 200: ValidationResult },
});

export const activateCode = defineRoute({
  id: 'activateCode',
  method: 'POST',
  path: '/v1/activations',
  tag: 'Activations',
  summary: 'Use a code for a player',
  description:
    'Accepted: 201 with the bonuses issued. Refused: 422 problem with the key, a message, every failing reason and the activation id. Without an Idempotency-Key every call is an attempt of its own. While codes are tried at random a brand may want a proof: 403 `challenge_required` with the `challenge`, and no attempt was made.',
  access: { permission: 'activations:create', player: true },
  headers: idempotencyHeaders,
  body: ActivationRequest,
  success: { 201: ActivationAccepted },
  problems: [409],
});

export const reverseActivation = defineRoute({
  id: 'reverseActivation',
  method: 'POST',
  path: '/v1/activations/:activationId/reversals',
  tag: 'Activations',
  summary: 'Take an activation back',
  description:
    'Gives its uses and budget back and cancels its open bonuses. Asking again gives the same answer.',
  access: { permission: 'activations:reverse' },
  params: activationParams,
  body: z.strictObject({ reason: z.string().min(1).max(500) }),
  success: { 200: Reversal },
  problems: [404],
});

const whichActivations = {
  player: PlayerExternalId.optional(),
  codeId: Id.optional(),
  campaignId: Id.optional(),
  outcome: ActivationOutcome.optional(),
  key: z.string().max(64).optional().describe('Refusal key'),
  from: Instant.optional(),
  to: Instant.optional().describe('Exclusive'),
};

export const listActivations = defineRoute({
  id: 'listActivations',
  method: 'GET',
  path: '/v1/activations',
  tag: 'Activations',
  summary: 'Player activation logs, newest first',
  access: { permission: 'activations:read' },
  description:
    'By outcome or refusal key, a page looks through 5,000 at most: it may be short without being the last.',
  query: z.strictObject({ ...pageQuery, ...whichActivations }),
  success: { 200: pageOf(ActivationRecord) },
});

export const exportActivations = defineRoute({
  id: 'exportActivations',
  method: 'GET',
  path: '/v1/activations/export',
  tag: 'Activations',
  summary: 'The same as CSV, however many there are',
  description: 'Codes are masked. Cells that a spreadsheet would run as a formula begin with an apostrophe.',
  access: { permission: 'activations:read' },
  query: z.strictObject(whichActivations),
  success: { 200: 'text/csv; charset=utf-8' },
});

export const getActivation = defineRoute({
  id: 'getActivation',
  method: 'GET',
  path: '/v1/activations/:activationId',
  tag: 'Activations',
  summary: 'One activation',
  access: { permission: 'activations:read' },
  params: activationParams,
  success: { 200: ActivationRecord },
  problems: [404],
});

export const explainActivation = defineRoute({
  id: 'explainActivation',
  method: 'GET',
  path: '/v1/activations/:activationId/explanation',
  tag: 'Activations',
  summary: 'Every check of the decision, with what it saw and the nearest way to pass',
  access: { permission: 'activations:read' },
  params: activationParams,
  success: { 200: Explanation },
  problems: [404],
});
