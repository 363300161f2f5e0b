import { z } from 'zod';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { EventSequence } from './event-feed.ts';
import { EVENT_TYPES, EventEnvelope } from './events.ts';
import { defineRoute } from './route.ts';

/** What a subscriber receives. A newer server may send types that an older client does not know. */
export const ReceivedEvent = EventEnvelope.extend({ type: z.string() }).loose();
export type ReceivedEvent = z.infer<typeof ReceivedEvent>;

const Url = z
  .string()
  .min(1)
  .max(2048)
  .describe('http or https, without user or password; redirects are not followed');
const Description = z.string().trim().max(500);
const EventTypes = z
  .array(z.enum(EVENT_TYPES))
  .min(1)
  .max(EVENT_TYPES.length)
  .nullable()
  .describe('The events it receives; null for all, also those added later');

export const Webhook = z.object({
  webhookId: Id,
  url: Url,
  description: Description,
  eventTypes: EventTypes,
  enabled: z.boolean(),
  disabledReason: z
    .enum(['by_hand', 'gone'])
    .nullable()
    .describe('`gone`: the endpoint answered 410. null while enabled'),
  health: z
    .enum(['healthy', 'failing', 'down'])
    .describe('`failing`: no attempt has succeeded since `failingSince`; `down`: for three days or longer'),
  failingSince: Instant.nullable(),
  previousSecretUntil: Instant.nullable().describe(
    'Until then messages also carry the signature of the secret before',
  ),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Webhook = z.infer<typeof Webhook>;

export const WebhookSecret = z
  .string()
  .describe(
    '`whsec_` and 32 bytes in base64. Shown this once: keep it where the endpoint verifies signatures',
  );

export const DELIVERY_STATUSES = ['pending', 'failed', 'succeeded', 'abandoned'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export const WebhookDelivery = z.object({
  eventId: Id.describe('Also the `webhook-id` header: one delivery per endpoint and event'),
  eventType: z.enum(EVENT_TYPES),
  sequence: EventSequence,
  status: z
    .enum(DELIVERY_STATUSES)
    .describe(
      '`pending`: due or under way; `failed`: will be tried again; `abandoned`: given up after three days',
    ),
  attempts: z.int(),
  nextAttemptAt: Instant.nullable().describe('null once succeeded or abandoned'),
  lastAttempt: z
    .object({
      at: Instant,
      durationMs: z.int().nullable(),
      status: z.int().nullable().describe('HTTP status; null when there was no answer'),
      error: z.string().nullable(),
      response: z.string().nullable().describe('First kilobyte of the answer'),
    })
    .nullable(),
  createdAt: Instant,
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

const tag = 'Webhooks';
const ofWebhook = { tag, params: z.object({ webhookId: Id }), problems: [404] } as const;

export const createWebhook = defineRoute({
  id: 'createWebhook',
  method: 'POST',
  path: '/v1/webhooks',
  tag,
  summary: 'Add an endpoint',
  description:
    'Every event from now on that passes the filter is sent to it, signed by Standard Webhooks (`webhook-id`, ' +
    '`webhook-timestamp`, `webhook-signature`). Anything but a 2xx answer within ten seconds is tried again for three ' +
    'days; 410 disables the endpoint. A message may come twice, with the same `webhook-id`; messages may come out of ' +
    'order: `sequence` tells it.',
  access: { permission: 'webhooks:write' },
  body: z.strictObject({
    url: Url,
    description: Description.default(''),
    eventTypes: EventTypes.default(null),
  }),
  success: { 201: Webhook.extend({ secret: WebhookSecret }) },
});

export const listWebhooks = defineRoute({
  id: 'listWebhooks',
  method: 'GET',
  path: '/v1/webhooks',
  tag,
  summary: 'List endpoints, newest first',
  access: { permission: 'webhooks:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(Webhook) },
});

export const getWebhook = defineRoute({
  ...ofWebhook,
  id: 'getWebhook',
  method: 'GET',
  path: '/v1/webhooks/:webhookId',
  summary: 'See an endpoint',
  access: { permission: 'webhooks:read' },
  success: { 200: Webhook },
});

export const updateWebhook = defineRoute({
  ...ofWebhook,
  id: 'updateWebhook',
  method: 'PATCH',
  path: '/v1/webhooks/:webhookId',
  summary: 'Change an endpoint',
  description:
    'Disabled, an endpoint receives nothing and misses nothing: enabled again, it goes on where it stopped.',
  access: { permission: 'webhooks:write' },
  body: z.strictObject({
    url: Url.optional(),
    description: Description.optional(),
    eventTypes: EventTypes.optional(),
    enabled: z.boolean().optional(),
  }),
  success: { 200: Webhook },
});

export const deleteWebhook = defineRoute({
  ...ofWebhook,
  id: 'deleteWebhook',
  method: 'DELETE',
  path: '/v1/webhooks/:webhookId',
  summary: 'Remove an endpoint',
  description: 'Nothing more is sent to it, not even what is waiting; its delivery log goes with it.',
  access: { permission: 'webhooks:write' },
  success: { 204: null },
});

export const rotateWebhookSecret = defineRoute({
  ...ofWebhook,
  id: 'rotateWebhookSecret',
  method: 'POST',
  path: '/v1/webhooks/:webhookId/rotate-secret',
  summary: "Replace an endpoint's secret",
  description:
    'During the overlap messages are signed with both secrets, so the endpoint can change at any moment.',
  access: { permission: 'webhooks:write' },
  body: z.strictObject({
    overlapSeconds: z.int().min(0).max(604_800).default(86_400).describe('At most seven days'),
  }),
  success: { 200: Webhook.extend({ secret: WebhookSecret }) },
});

export const listWebhookDeliveries = defineRoute({
  ...ofWebhook,
  id: 'listWebhookDeliveries',
  method: 'GET',
  path: '/v1/webhooks/:webhookId/deliveries',
  summary: "An endpoint's deliveries, newest event first",
  description: 'Finished deliveries are kept for thirty days.',
  access: { permission: 'webhooks:read' },
  query: z.strictObject({
    status: z.enum(DELIVERY_STATUSES).optional(),
    type: z.enum(EVENT_TYPES).optional(),
    ...pageQuery,
  }),
  success: { 200: pageOf(WebhookDelivery) },
});

const ofDelivery = { tag, params: z.object({ webhookId: Id, eventId: Id }), problems: [404] } as const;

export const getWebhookDelivery = defineRoute({
  ...ofDelivery,
  id: 'getWebhookDelivery',
  method: 'GET',
  path: '/v1/webhooks/:webhookId/deliveries/:eventId',
  summary: 'One delivery of an endpoint',
  access: { permission: 'webhooks:read' },
  success: { 200: WebhookDelivery },
});

export const replayWebhookDelivery = defineRoute({
  ...ofDelivery,
  id: 'replayWebhookDelivery',
  method: 'POST',
  path: '/v1/webhooks/:webhookId/deliveries/:eventId/replay',
  summary: 'Send one delivery again',
  description:
    'With the same `webhook-id` and, once more, three days of attempts. One that is pending stays as it is.',
  access: { permission: 'webhooks:write' },
  success: { 202: WebhookDelivery },
});

export const replayWebhookDeliveries = defineRoute({
  ...ofWebhook,
  id: 'replayWebhookDeliveries',
  method: 'POST',
  path: '/v1/webhooks/:webhookId/replay',
  summary: 'Send deliveries again from an instant on',
  description:
    'Takes the deliveries of events since that instant, oldest first, at most 10,000 a call; pass `nextCursor` on until ' +
    'it is null.',
  access: { permission: 'webhooks:write' },
  body: z.strictObject({
    since: Instant,
    until: Instant.optional().describe('Events before this instant; now if left out'),
    statuses: z
      .array(z.enum(['failed', 'succeeded', 'abandoned']))
      .min(1)
      .max(3)
      .default(['failed', 'abandoned']),
    cursor: Id.optional(),
  }),
  success: { 202: z.object({ requeued: z.int(), nextCursor: Id.nullable() }) },
});
