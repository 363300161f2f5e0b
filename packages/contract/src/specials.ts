import { z } from 'zod';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';
import { WebhookSecret } from './webhooks.ts';

/** What a reward of kind `special` can name. */
export const SpecialHandler = z.object({
  name: z.string().describe('What a reward names as its `handler`'),
  description: z.string(),
  payload: z
    .record(z.string(), z.json())
    .describe('JSON Schema (2020-12) of the reward’s `payload`, which is checked when a campaign is saved'),
});
export type SpecialHandler = z.infer<typeof SpecialHandler>;

/** Where rewards with the handler `webhook` are delivered. */
export const SpecialEndpoint = z.object({
  name: z.string(),
  url: z.string(),
  previousSecretUntil: Instant.nullable().describe(
    'Until then messages also carry the signature of the secret before',
  ),
  createdAt: Instant,
  updatedAt: Instant,
});
export type SpecialEndpoint = z.infer<typeof SpecialEndpoint>;

const SpecialEndpointWithSecret = SpecialEndpoint.extend({ secret: WebhookSecret });

export const SpecialEndpointName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and dashes, such as gifts');

/** What an endpoint receives for a bonus, and again when the bonus is taken back after it was told. */
export const SpecialMessage = z.object({
  type: z.enum(['special.issue', 'special.cancel']),
  grantId: z.uuid().describe('The same for every attempt: what to know the bonus by'),
  player: z.string(),
  campaignId: z.uuid(),
  expiresAt: Instant.nullable(),
  data: z.record(z.string(), z.json()).describe('As the reward has it'),
});
export type SpecialMessage = z.infer<typeof SpecialMessage>;

const tag = 'Special promotions';
const ofEndpoint = { tag, params: z.strictObject({ endpointName: SpecialEndpointName }) } as const;

export const listSpecialHandlers = defineRoute({
  id: 'listSpecialHandlers',
  method: 'GET',
  path: '/v1/special-handlers',
  tag,
  summary: 'What special promotions there are, with the payload each takes',
  access: { permission: 'campaigns:read' },
  success: { 200: z.object({ items: z.array(SpecialHandler) }) },
});

export const listSpecialEndpoints = defineRoute({
  id: 'listSpecialEndpoints',
  method: 'GET',
  path: '/v1/special-endpoints',
  tag,
  summary: 'Endpoints that special promotions are delivered to, by name',
  access: { permission: 'providers:read' },
  success: { 200: z.object({ items: z.array(SpecialEndpoint) }) },
});

export const putSpecialEndpoint = defineRoute({
  ...ofEndpoint,
  id: 'putSpecialEndpoint',
  method: 'PUT',
  path: '/v1/special-endpoints/:endpointName',
  summary: 'Add an endpoint, or change where it is',
  description:
    'Each bonus is posted to it as a `SpecialMessage`, signed by Standard Webhooks. 2xx takes it; 422 refuses it for ' +
    'good, which cancels the bonus; anything else is tried again for three days. A message may come twice: its ' +
    '`webhook-id` is the same.',
  access: { permission: 'providers:write' },
  body: z.strictObject({ url: z.string().min(1).max(2048).describe('http or https') }),
  success: { 200: SpecialEndpoint, 201: SpecialEndpointWithSecret },
});

export const rotateSpecialEndpointSecret = defineRoute({
  ...ofEndpoint,
  id: 'rotateSpecialEndpointSecret',
  method: 'POST',
  path: '/v1/special-endpoints/:endpointName/rotate-secret',
  summary: 'Give an endpoint a new secret; the one before signs as well for a while',
  access: { permission: 'providers:write' },
  body: z.strictObject({ overlapSeconds: z.int().min(0).max(604_800).default(86_400) }),
  success: { 200: SpecialEndpointWithSecret },
  problems: [404],
});

export const deleteSpecialEndpoint = defineRoute({
  ...ofEndpoint,
  id: 'deleteSpecialEndpoint',
  method: 'DELETE',
  path: '/v1/special-endpoints/:endpointName',
  summary: 'Remove an endpoint; what is due for it fails until there is one of the name again',
  access: { permission: 'providers:write' },
  success: { 204: null },
  problems: [404],
});
