import { z } from 'zod';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';

/** As webhooks of journeys name it: `{{ secret.<name> }}`. */
export const SecretName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower snake case, starting with a letter, at most 63 characters');

/** Shorter ones are words that answers hold by chance: they could not be masked. */
const SHORTEST = 8;

const Host = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'a host in lower case, without port')
  .describe('`api.example.com`');

export const JourneySecret = z.object({
  name: SecretName,
  hosts: z
    .array(z.string())
    .nullable()
    .describe('Where it may be sent: a webhook to any other host fails. null: anywhere'),
  createdAt: Instant,
  updatedAt: Instant.describe('When it got its value'),
});
export type JourneySecret = z.infer<typeof JourneySecret>;

export const JourneySigningSecret = z.object({
  secret: z
    .string()
    .describe('`whsec_` and 32 bytes in base64. Shown this once: keep it where signatures are verified'),
  previousSecretUntil: Instant.nullable().describe(
    'Until then webhooks also carry the signature of the one before',
  ),
});
export type JourneySigningSecret = z.infer<typeof JourneySigningSecret>;

const tag = 'Journeys';
const ofSecret = { tag, params: z.strictObject({ secretName: SecretName }) } as const;
const write = { permission: 'webhooks:write' } as const;

export const listJourneySecrets = defineRoute({
  id: 'listJourneySecrets',
  method: 'GET',
  path: '/v1/journey-secrets',
  tag,
  summary: 'Names of the secrets that webhooks of journeys may use',
  description: 'Their values are never shown.',
  access: { permission: 'journeys:read' },
  success: { 200: z.object({ items: z.array(JourneySecret) }) },
});

export const putJourneySecret = defineRoute({
  ...ofSecret,
  id: 'putJourneySecret',
  method: 'PUT',
  path: '/v1/journey-secrets/:secretName',
  summary: 'Store a secret, or replace its value',
  description:
    'Webhooks of journeys write it as `{{ secret.<name> }}` in their URL, headers and body, and nothing else can. What is ' +
    'kept of requests and answers has it masked. Requests made from now on have the new value.',
  access: write,
  body: z.strictObject({
    value: z
      .string()
      .min(SHORTEST)
      .max(4_096)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what no header may hold
      .regex(/^[^\u0000-\u001f\u007f]*$/, 'without line breaks and other control characters'),
    hosts: z.array(Host).min(1).max(20).nullable().default(null),
  }),
  success: { 200: JourneySecret },
});

export const deleteJourneySecret = defineRoute({
  ...ofSecret,
  id: 'deleteJourneySecret',
  method: 'DELETE',
  path: '/v1/journey-secrets/:secretName',
  summary: 'Delete a secret that no live version of a journey uses',
  description:
    'Refused (`conflict`) while a webhook names it in a version that players enter, or that some are still in.',
  access: write,
  success: { 204: null },
  problems: [404, 409],
});

export const rotateJourneySigningSecret = defineRoute({
  id: 'rotateJourneySigningSecret',
  method: 'POST',
  path: '/v1/journey-signing-secret/rotate',
  tag,
  summary: 'Make a new secret that webhooks of journeys are signed with',
  description:
    'By Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Until the first one is made webhooks of ' +
    'journeys are not signed.',
  access: write,
  body: z.strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .describe('How long webhooks also carry the signature of the secret before'),
  }),
  success: { 200: JourneySigningSecret },
});
