import { z } from 'zod';
import { MessageChannel } from './channels.ts';
import { Id, Instant, PlayerExternalId, Product, pageOf, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/**
 * `prepared` (waits to be sent) → `sent` → `shown` → `clicked` or `dismissed`. Or it ends as `failed`, `suppressed` (it
 * may not be sent: see the reason) or `expired`.
 */
export const MessageState = z.enum([
  'prepared',
  'sent',
  'shown',
  'clicked',
  'dismissed',
  'failed',
  'suppressed',
  'expired',
]);
export type MessageState = z.infer<typeof MessageState>;

/** Why a message may not be sent. */
export const SuppressionReason = z.enum([
  'self_excluded',
  'no_consent',
  'no_address',
  'not_connected',
  'cap_reached',
  'not_renderable',
]);
export type SuppressionReason = z.infer<typeof SuppressionReason>;

/** What a message is part of. */
export const MessageOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('journey'), journeyId: Id, enrolmentId: Id, seq: z.int() }),
  z.object({ kind: z.literal('resent'), messageId: Id, by: z.string() }),
]);
export type MessageOrigin = z.infer<typeof MessageOrigin>;

export const Message = z.object({
  id: Id,
  player: PlayerExternalId,
  channel: MessageChannel,
  product: Product,
  contentId: Id,
  contentVersion: z.int(),
  locale: z.string(),
  origin: MessageOrigin,
  state: MessageState,
  reason: z.string().nullable().describe('Why it failed or was suppressed'),
  createdAt: Instant,
  sentAt: Instant.nullable(),
  shownAt: Instant.nullable(),
  expiresAt: Instant,
});
export type Message = z.infer<typeof Message>;

/** One thing that happened to a message. */
export const MessageMoment = z.object({
  at: Instant,
  what: z.enum([...MessageState.options, 'delivered']),
  detail: z.string().nullable(),
});

const tag = 'Messages';
const params = z.strictObject({ messageId: Id });

export const listMessages = defineRoute({
  id: 'listMessages',
  method: 'GET',
  path: '/v1/messages',
  tag,
  summary: 'Messages to players, newest first',
  access: { permission: 'messages:read' },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    channel: MessageChannel.optional(),
    state: MessageState.optional(),
  }),
  success: { 200: pageOf(Message) },
});

export const getMessage = defineRoute({
  id: 'getMessage',
  method: 'GET',
  path: '/v1/messages/:messageId',
  tag,
  summary: 'One message, with what happened to it',
  access: { permission: 'messages:read' },
  params,
  success: {
    200: Message.extend({
      timeline: z.array(MessageMoment),
      attempts: z.int(),
      nextAttemptAt: Instant.nullable(),
      lastError: z.string().nullable(),
    }),
  },
  problems: [404],
});

export const resendMessage = defineRoute({
  id: 'resendMessage',
  method: 'POST',
  path: '/v1/messages/:messageId/resend',
  tag,
  summary: 'Send a message again',
  description:
    'Only one that failed and whose time is not over: whoever may have got it does not get it twice. The player gets ' +
    'what was rendered before, with the same code, if consent, exclusion and caps allow it by now.',
  access: { permission: 'messages:send' },
  params,
  success: { 200: Message },
  problems: [404, 409],
});
