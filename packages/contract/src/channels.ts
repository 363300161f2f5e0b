import { z } from 'zod';
import { Instant, PlayerExternalId } from './common.ts';
import { defineRoute } from './route.ts';

/** Channels that something outside delivers. Popups and the inbox are the widget's and need no connection. */
export const ConnectedChannel = z.enum(['email', 'push', 'telegram', 'sms']);
export type ConnectedChannel = z.infer<typeof ConnectedChannel>;

/** Channels a message goes out by. */
export const MessageChannel = z.enum(['popup', 'inbox', 'email', 'push', 'telegram', 'sms']);
export type MessageChannel = z.infer<typeof MessageChannel>;

const Host = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'a host name or address, such as smtp.example.com');
const Port = z.int().min(1).max(65_535);
const Secret = z.string().min(1).max(512);
/** One line that no header can be broken out of. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
    .regex(/^[^\u0000-\u001f\u007f]+$/, 'printable characters only');
const Mailbox = z.email().max(254);
const KEPT = 'Left out: the one there is stays, as long as what it is shown to stays too';

const smtp = {
  kind: z.literal('smtp'),
  host: Host,
  port: Port,
  security: z
    .enum(['tls', 'starttls', 'none'])
    .describe('`starttls` refuses to go on without encryption; `none` is for servers on your own network'),
  user: line(254).nullable().default(null),
  from: z.strictObject({ name: line(128), address: Mailbox }),
  replyTo: Mailbox.nullable().default(null),
  dkim: z
    .strictObject({
      domain: Host,
      selector: line(63).regex(/^[A-Za-z0-9._-]+$/, 'letters, digits, ., - and _'),
    })
    .nullable()
    .default(null)
    .describe('Signs every email with the key in `dkimKey`'),
};
const telegram = {
  kind: z.literal('telegram'),
  apiUrl: z
    .string()
    .min(1)
    .max(2048)
    .default('https://api.telegram.org')
    .describe('Of your own Bot API server, if you run one'),
};
const vapid = {
  kind: z.literal('vapid'),
  subject: z
    .string()
    .max(254)
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'mailto:somebody@example.com, or an https URL')
    .describe('Whom push services turn to when something is wrong (RFC 8292)'),
};
const smpp = {
  kind: z.literal('smpp'),
  host: Host,
  port: Port,
  tls: z.boolean(),
  systemId: line(15),
  systemType: z.string().max(12).default(''),
  source: line(20).describe('The number or name that messages come from'),
  perSecond: z.int().min(1).max(1000).default(10).describe('Most segments handed over in a second'),
};
const Field = line(128);
const words = z.array(line(64)).min(1).max(20);

/** How an SMS gateway tells what became of messages. Names of fields inside of others have dots. */
export const GatewayReceipts = z.strictObject({
  items: Field.nullable()
    .default(null)
    .describe('The field that holds a list of receipts; null: the body is one, or a list of them'),
  reference: Field.describe('The field with the gateway’s own id, or ours if `success.reference` names none'),
  status: Field,
  delivered: words.describe('Statuses of a message that arrived, in whatever case'),
  failed: words.describe('Statuses of one that never will. All others are on the way'),
  reason: Field.nullable().default(null).describe('The field that says why it failed'),
});
export type GatewayReceipts = z.output<typeof GatewayReceipts>;

const http = {
  kind: z.literal('http'),
  url: z.string().min(1).max(2048),
  method: z.enum(['POST', 'PUT']).default('POST'),
  contentType: z.literal('application/json').default('application/json'),
  body: z
    .string()
    .min(1)
    .max(8192)
    .describe(
      'Liquid that makes JSON: `{"to":"{{ message.to }}","text":"{{ message.text }}","id":"{{ message.id }}"}`. Values are escaped',
    ),
  success: z
    .strictObject({
      statuses: z.array(z.int().min(200).max(299)).min(1).max(20).default([200, 201, 202]),
      field: line(64).nullable().default(null).describe('A field of the answer, such as `status`, …'),
      equals: line(128).nullable().default(null).describe('… that must have this value'),
      reference: line(64).nullable().default(null).describe('A field that holds the gateway’s own id'),
    })
    .prefault({})
    .describe('What tells that the gateway took a message'),
  receipts: GatewayReceipts.nullable().default(null).describe('null: the gateway tells nothing later'),
};

const HeaderName = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'a header name such as X-Api-Key');

/** How a channel reaches players, as it is asked for. What is secret is never shown again. */
export const ChannelConnectionInput = z.discriminatedUnion('kind', [
  z.strictObject({
    ...smtp,
    password: Secret.optional().describe(KEPT),
    dkimKey: z
      .string()
      .max(8192)
      .regex(/^-----BEGIN (?:RSA )?PRIVATE KEY-----/, 'a private key in PEM')
      .optional()
      .describe(KEPT),
  }),
  z.strictObject(vapid),
  z.strictObject({
    ...telegram,
    botToken: z
      .string()
      .regex(/^\d{1,20}:[A-Za-z0-9_-]{20,100}$/, 'a token as BotFather gives it')
      .optional()
      .describe(KEPT),
  }),
  z.strictObject({ ...smpp, password: z.string().min(1).max(8).optional().describe(KEPT) }),
  z.strictObject({
    ...http,
    headers: z
      .record(HeaderName, line(1024))
      .refine((headers) => Object.keys(headers).length <= 20, 'at most 20 headers')
      .optional()
      .describe('Names and values; the values are secrets. Left out: those there are stay'),
  }),
]);
export type ChannelConnectionInput = z.output<typeof ChannelConnectionInput>;

export const ChannelSettings = z.discriminatedUnion('kind', [
  z.object({ ...smtp, hasPassword: z.boolean(), hasDkimKey: z.boolean() }),
  z.object({
    ...vapid,
    publicKey: z.string().describe('The application server key that browsers subscribe with'),
  }),
  z.object(telegram),
  z.object(smpp),
  z.object({ ...http, headerNames: z.array(z.string()) }),
]);
export type ChannelSettings = z.output<typeof ChannelSettings>;

export const ChannelConnection = z.object({
  channel: ConnectedChannel,
  settings: ChannelSettings,
  createdAt: Instant,
  updatedAt: Instant,
});
export type ChannelConnection = z.output<typeof ChannelConnection>;

const tag = 'Channels';
const params = z.strictObject({ channel: ConnectedChannel });

export const listChannelConnections = defineRoute({
  id: 'listChannelConnections',
  method: 'GET',
  path: '/v1/channels',
  tag,
  summary: 'How the brand’s channels are connected',
  access: { permission: 'providers:read' },
  success: { 200: z.object({ items: z.array(ChannelConnection) }) },
});

const ConnectedNow = ChannelConnection.extend({
  receiptUrl: z
    .string()
    .nullable()
    .describe(
      'Of an SMS gateway with `receipts`: where it tells them. Whoever knows it can; it is shown here alone',
    ),
});

export const putChannelConnection = defineRoute({
  id: 'putChannelConnection',
  method: 'PUT',
  path: '/v1/channels/:channel',
  tag,
  summary: 'Connect a channel, or change how it is reached',
  description:
    'Secrets are kept encrypted and never shown. A new one is in force at once: that is how they are rotated. Whoever ' +
    'changes where a secret is shown to (host, URL) has to send it again. Keys of web push are made here.',
  access: { permission: 'providers:write' },
  params,
  body: ChannelConnectionInput,
  success: { 200: ConnectedNow, 201: ConnectedNow },
});

export const receiveSmsReceipts = defineRoute({
  id: 'receiveSmsReceipts',
  method: 'POST',
  path: '/v1/sms-receipts/:token',
  tag,
  summary: 'An SMS gateway tells what became of messages',
  description:
    'For gateways: the path is the credential. Fields are named by `receipts` of the connection. Answered with 404 while ' +
    'a message is not known, as a receipt may come before the gateway’s answer: tell again later. Told again, nothing changes.',
  access: 'open',
  params: z.strictObject({ token: z.string().min(1).max(200) }),
  headers: z.looseObject({ 'content-type': z.string().max(200).optional() }),
  rawBody: { contentTypes: ['application/json', 'application/x-www-form-urlencoded'] },
  success: { 204: null },
  problems: [404],
});

export const deleteChannelConnection = defineRoute({
  id: 'deleteChannelConnection',
  method: 'DELETE',
  path: '/v1/channels/:channel',
  tag,
  summary: 'Disconnect a channel',
  description: 'Messages that wait for it are suppressed with the reason `not_connected`.',
  access: { permission: 'providers:write' },
  params,
  success: { 204: null },
  problems: [404],
});

export const rotatePushKeys = defineRoute({
  id: 'rotatePushKeys',
  method: 'POST',
  path: '/v1/channels/push/rotate-keys',
  tag,
  summary: 'Make new keys of web push',
  description:
    'Browsers subscribe with the new one from now on. Subscriptions made with the key before are served with it until ' +
    'the keys are made anew once more.',
  access: { permission: 'providers:write' },
  success: { 200: ChannelConnection },
  problems: [404],
});

export const testChannelConnection = defineRoute({
  id: 'testChannelConnection',
  method: 'POST',
  path: '/v1/channels/:channel/test',
  tag,
  summary: 'Send a test message',
  description:
    'To an address (email), a number (SMS), a chat (Telegram), or to a player’s browsers (push: `to` is the player). It ' +
    'is sent while you wait and is in no list of messages.',
  access: { permission: 'providers:write' },
  params,
  body: z.strictObject({ to: line(254) }),
  success: {
    200: z.object({
      outcome: z.enum(['sent', 'failed', 'later']),
      detail: z.string().nullable().describe('What the other side said, or why it did not come to that'),
    }),
  },
  problems: [404],
});

/** How many messages of a channel a player gets at most. */
export const ChannelCap = z.strictObject({
  channel: MessageChannel,
  period: z
    .enum(['day', 'week', 'month'])
    .describe('Calendar periods of the brand’s time zone; weeks begin on Monday'),
  maximum: z.int().min(0).max(1000),
});
export type ChannelCap = z.output<typeof ChannelCap>;

const Caps = z.object({ items: z.array(ChannelCap) });

export const getChannelCaps = defineRoute({
  id: 'getChannelCaps',
  method: 'GET',
  path: '/v1/channel-caps',
  tag,
  summary: 'How many messages a player gets at most',
  access: { permission: 'providers:read' },
  success: { 200: Caps },
});

export const setChannelCaps = defineRoute({
  id: 'setChannelCaps',
  method: 'PUT',
  path: '/v1/channel-caps',
  tag,
  summary: 'Say how many messages a player gets at most',
  description: 'Replaces the list. A message past a cap is suppressed with the reason `cap_reached`.',
  access: { permission: 'providers:write' },
  body: z.strictObject({
    items: z
      .array(ChannelCap)
      .max(MessageChannel.options.length * 3)
      .refine(
        (caps) => new Set(caps.map(({ channel, period }) => `${channel} ${period}`)).size === caps.length,
        'each channel and period once',
      ),
  }),
  success: { 200: Caps },
});

export const setTelegramChat = defineRoute({
  id: 'setTelegramChat',
  method: 'PUT',
  path: '/v1/players/:externalId/telegram-chat',
  tag,
  summary: 'Say in which Telegram chat a player is reached',
  description: 'Your bot learns it when the player starts it. null forgets it.',
  access: { permission: 'players:write' },
  params: z.strictObject({ externalId: PlayerExternalId }),
  body: z.strictObject({
    chatId: z
      .string()
      .regex(/^-?\d{1,20}$/, 'a chat id of digits')
      .nullable(),
  }),
  success: { 204: null },
  problems: [404],
});
