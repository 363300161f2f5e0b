import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { ClientActionName } from './content-documents.ts';
import { defineRoute } from './route.ts';

const tag = 'Player’s messages';
const ofPlayer = { permission: 'messages:read', player: true } as const;
/** Who is no player gets nowhere; but only who may send messages gets that far. */
const byPlayer = { permission: 'messages:send', player: true } as const;
const OWN = 'For a player token: the player comes from it.';

/** What the widget draws: a popup or an inbox message in blocks, as it was rendered for the player. */
export const ShownMessage = z.object({
  id: Id,
  channel: z.enum(['popup', 'inbox']),
  state: z.enum(['sent', 'shown', 'clicked']),
  content: z
    .record(z.string(), z.unknown())
    .describe('Blocks, theme, locale and direction, as the content’s channel has them'),
  sentAt: Instant,
  expiresAt: Instant,
});
export type ShownMessage = z.infer<typeof ShownMessage>;

export const listMyMessages = defineRoute({
  id: 'listMyMessages',
  method: 'GET',
  path: '/v1/me/messages',
  tag,
  summary: 'What waits for the player: popups, and the inbox',
  description: `${OWN} Oldest first, the newest two hundred. A popup in the state \`shown\` was claimed by a tab before, which may draw it again after a reload; no other does.`,
  access: ofPlayer,
  success: {
    200: z.object({
      popups: z.array(ShownMessage),
      inbox: z.array(ShownMessage),
      unread: z.int().describe('Inbox messages not yet shown'),
      cursor: z.string().describe('Where the stream goes on: its `Last-Event-ID`'),
    }),
  },
});

export const streamMyMessages = defineRoute({
  id: 'streamMyMessages',
  method: 'GET',
  path: '/v1/me/stream',
  tag,
  summary: 'The player’s messages as they come',
  description:
    `${OWN} Server-sent events: \`message\` (a \`ShownMessage\`: new, or changed in another tab) and \`gone\` (\`{"id"}\`: to be taken off the ` +
    'screen). Each has an `id`; sent back as `Last-Event-ID`, the stream goes on behind it, and an event may then come twice: ' +
    'go by the message’s id and state. A comment every 25 seconds shows that the stream is alive. It is ended after an ' +
    'hour at the latest, and before the server stops: connect again, with a token that is good. At most five at a time of one player.',
  access: ofPlayer,
  headers: z.looseObject({ 'last-event-id': z.string().max(64).optional() }),
  success: { 200: 'text/event-stream' },
});

const MessageId = Id;

/** What claiming an outcome came to. */
export const Claim = z.object({
  claimed: z.boolean().describe('false: it was claimed before, by another tab or the same one'),
  state: z.string().describe('The message’s state by now'),
});

const claim = <const Id extends string, const What extends string>(id: Id, what: What, summary: string) =>
  defineRoute({
    id,
    method: 'POST',
    path: `/v1/me/messages/:messageId/${what}`,
    tag,
    summary,
    description: `${OWN} Claimed once, whoever asks first.`,
    access: byPlayer,
    params: z.strictObject({ messageId: MessageId }),
    success: { 200: Claim },
    problems: [404],
  });
export const claimImpression = claim('claimImpression', 'impression', 'The message is shown');
export const claimClick = claim('claimClick', 'click', 'The player clicked the message’s button');
export const claimDismissal = claim('claimDismissal', 'dismiss', 'The player closed the message');

export const sendMyActions = defineRoute({
  id: 'sendMyActions',
  method: 'POST',
  path: '/v1/me/actions',
  tag,
  summary: 'Client actions of the player’s browser',
  description:
    `${OWN} Each is taken once by its id, and happened when it arrives: browsers’ clocks are wrong. What it carries is listed under \`/v1/event-properties\` once it was seen. Names that ` +
    'content raises when it is shown are refused with `reserved_action`: only the server says that a code was shown. ' +
    'Pages that are left send it by `fetch` with `keepalive`.',
  access: byPlayer,
  body: z.strictObject({
    actions: z
      .array(
        z.strictObject({
          id: z
            .string()
            .min(8)
            .max(64)
            .regex(/^[\x21-\x7e]+$/, 'printable ASCII only'),
          action: ClientActionName,
          properties: z.record(z.string().min(1).max(128), z.unknown()).optional(),
        }),
      )
      .min(1)
      .max(50),
  }),
  bodyLimit: 64 * 1024,
  success: {
    200: z.object({
      results: z.array(
        z.object({
          id: z.string(),
          status: z.enum(['accepted', 'duplicate', 'rejected']),
          key: z.string().optional(),
        }),
      ),
    }),
  },
});

export const getPushKey = defineRoute({
  id: 'getPushKey',
  method: 'GET',
  path: '/v1/me/push-key',
  tag,
  summary: 'The key a browser subscribes to web push with',
  description: OWN,
  access: ofPlayer,
  success: { 200: z.object({ publicKey: z.string() }) },
  problems: [404],
});

const Endpoint = z.string().max(2000).startsWith('https://', 'an https URL');

export const putPushSubscription = defineRoute({
  id: 'putPushSubscription',
  method: 'PUT',
  path: '/v1/me/push-subscription',
  tag,
  summary: 'Push messages reach this browser',
  description: `${OWN} The body is what the browser’s \`PushSubscription\` turns into as JSON. At most ten browsers of one player: the oldest goes.`,
  access: byPlayer,
  body: z.strictObject({
    endpoint: Endpoint,
    expirationTime: z.number().nullable().optional(),
    keys: z.strictObject({
      p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/, 'an uncompressed P-256 point in base64url'),
      auth: z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/, '16 bytes in base64url'),
    }),
    applicationServerKey: z
      .string()
      .max(100)
      .optional()
      .describe('The key it was made with, if not the present one'),
  }),
  success: { 204: null },
  problems: [404],
});

export const deletePushSubscription = defineRoute({
  id: 'deletePushSubscription',
  method: 'DELETE',
  path: '/v1/me/push-subscription',
  tag,
  summary: 'Push messages do not reach this browser any more',
  description: OWN,
  access: byPlayer,
  query: z.strictObject({ endpoint: Endpoint }),
  success: { 204: null },
});

const unsubscribeParams = z.strictObject({ token: z.string().min(1).max(400) });

export const getUnsubscribePage = defineRoute({
  id: 'getUnsubscribePage',
  method: 'GET',
  path: '/v1/unsubscribe/:token',
  tag,
  summary: 'The page behind an email’s unsubscribe link',
  description: 'Asks before it does anything: mail scanners follow links.',
  access: 'open',
  params: unsubscribeParams,
  success: { 200: 'text/html; charset=utf-8' },
  problems: [404],
});

export const unsubscribe = defineRoute({
  id: 'unsubscribe',
  method: 'POST',
  path: '/v1/unsubscribe/:token',
  tag,
  summary: 'Unsubscribe from the brand’s email (RFC 8058)',
  access: 'open',
  params: unsubscribeParams,
  rawBody: { contentTypes: ['application/x-www-form-urlencoded', 'multipart/form-data'] },
  success: { 200: 'text/html; charset=utf-8' },
  problems: [404],
});
