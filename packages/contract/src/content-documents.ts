import {
  CONTENT_CHANNELS,
  type ContentDocument as CoreDocument,
  DEFAULT_EXPIRES_AFTER_MS,
  DEFAULT_WHEN_SHOWN,
} from '@promosmith/core/content';
import { z } from 'zod';

/** A text that players read: a template of one line. */
const Line = z.string().max(1_000);
/** A template of several lines. */
const Text = z.string().max(5_000);
const Link = z.string().max(2_048).describe('A template: https, http, mailto, tel, or a path of the site');

const BlockId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes, such as offer')
  .describe('Unique in the document; translations go by it');

/** The name of an event that the player's browser fires. */
export const ClientActionName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/,
    'letters, digits, dots, dashes and underscores, such as CODE_IS_SHOWN',
  );

const ButtonAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('open_url'), url: Link }),
  z.strictObject({ kind: z.literal('client_action'), name: ClientActionName }),
  z.strictObject({
    kind: z.literal('apply_code'),
    code: Line.describe('Tried for the player who presses it'),
  }),
]);

/** A part of a document. Texts are templates that come out as plain text: there is no HTML. */
export const ContentBlock = z.discriminatedUnion('type', [
  z.strictObject({ id: BlockId, type: z.literal('heading'), text: Line }),
  z.strictObject({ id: BlockId, type: z.literal('text'), text: Text }),
  z.strictObject({ id: BlockId, type: z.literal('image'), url: Link, alt: Line.default('') }),
  z.strictObject({
    ...{ id: BlockId, type: z.literal('code') },
    value: Line.describe('Such as `{{ label.promo_code }}`'),
    copyLabel: Line,
    copiedLabel: Line,
  }),
  z.strictObject({
    ...{ id: BlockId, type: z.literal('button'), label: Line },
    style: z.enum(['primary', 'secondary']).default('primary'),
    action: ButtonAction,
  }),
  z.strictObject({
    ...{ id: BlockId, type: z.literal('countdown') },
    until: Line.describe('Comes out as an instant, such as `{{ message.expires_at }}`'),
    label: Line.default(''),
    endedLabel: Line,
  }),
  z.strictObject({ id: BlockId, type: z.literal('divider') }),
  z.strictObject({ id: BlockId, type: z.literal('list'), items: z.array(Line).min(1).max(20) }),
]);

const Blocks = z.array(ContentBlock).max(30);

/** BCP 47. Whether there is such a language is for the findings to say. */
export const Locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,5}$/, 'a locale such as en or pt-BR');

const written = {
  locale: Locale.describe('Of the texts in the document itself'),
  translations: z
    .record(Locale, z.record(z.string().max(100), Text))
    .refine((locales) => Object.keys(locales).length <= 50, 'at most 50 translations')
    .default({})
    .describe('By locale, then by the key of the text: `{"de": {"subject": "…", "offer.text": "…"}}`'),
};

const Colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour such as #1b1d28');
const Colours = z.strictObject({ background: Colour, text: Colour, accent: Colour, onAccent: Colour });

const expiresAfterMs = z
  .int()
  .min(60_000)
  .max(7_776_000_000)
  .default(DEFAULT_EXPIRES_AFTER_MS)
  .describe('Shown no more after that long, milliseconds: a minute to 90 days');

const PopupDocument = z.strictObject({
  channel: z.literal('popup'),
  ...written,
  blocks: Blocks,
  theme: z.strictObject({
    light: Colours,
    dark: Colours.optional().describe('For devices set to dark'),
    radius: z.int().min(0).max(48).describe('Of corners, pixels'),
    position: z.enum(['centre', 'bottom', 'corner']),
  }),
  dismissible: z.boolean().default(true),
  whenShown: ClientActionName.nullable()
    .default(DEFAULT_WHEN_SHOWN)
    .describe('The client action that the server raises when it was shown, with the code of its code block'),
  expiresAfterMs,
});

const InboxDocument = z.strictObject({
  channel: z.literal('inbox'),
  ...written,
  title: Line,
  preview: Line.default('').describe('Under the title in the list'),
  blocks: Blocks,
  expiresAfterMs,
});

const EmailDocument = z.strictObject({
  channel: z.literal('email'),
  ...written,
  subject: Line,
  preheader: Line.default('').describe('What mail programs show beside the subject'),
  colours: Colours,
  blocks: Blocks,
  footer: Text.describe('Who sends it, and why the player gets it'),
  unsubscribeLabel: Line,
});

const PushDocument = z.strictObject({
  channel: z.literal('push'),
  ...written,
  title: Line,
  body: Line,
  icon: Link.optional(),
  url: Link.optional(),
});

const TelegramDocument = z.strictObject({
  channel: z.literal('telegram'),
  ...written,
  text: Text,
  button: z.strictObject({ label: Line, url: Link }).optional(),
});

const SmsDocument = z.strictObject({ channel: z.literal('sms'), ...written, text: Text });

/** One piece of content for one channel, as its author wrote it. The shape is right; `findings` say what is not. */
export const ContentDocument = z.discriminatedUnion('channel', [
  PopupDocument,
  InboxDocument,
  EmailDocument,
  PushDocument,
  TelegramDocument,
  SmsDocument,
]) satisfies z.ZodType<CoreDocument>;
export type ContentDocument = z.infer<typeof ContentDocument>;

export const ContentChannel = z.enum(CONTENT_CHANNELS);

const forReader = { locale: z.string(), direction: z.enum(['ltr', 'rtl']) };

/** A message as its channel gets it: texts are plain and have their values, links are checked. */
export const RenderedContent = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('popup'),
    ...forReader,
    blocks: z.array(ContentBlock),
    theme: PopupDocument.shape.theme,
    dismissible: z.boolean(),
    expiresAfterMs: z.int(),
    whenShown: z.object({ action: z.string(), data: z.object({ code: z.string().optional() }) }).nullable(),
  }),
  z.object({
    channel: z.literal('inbox'),
    ...forReader,
    title: z.string(),
    preview: z.string(),
    blocks: z.array(ContentBlock),
    expiresAfterMs: z.int(),
  }),
  z.object({
    channel: z.literal('email'),
    ...forReader,
    subject: z.string(),
    html: z.string(),
    text: z.string(),
  }),
  z.object({
    channel: z.literal('push'),
    ...forReader,
    title: z.string(),
    body: z.string(),
    icon: z.string().nullable(),
    url: z.string().nullable(),
  }),
  z.object({
    channel: z.literal('telegram'),
    ...forReader,
    text: z.string(),
    button: z.object({ label: z.string(), url: z.string() }).nullable(),
  }),
  z.object({ channel: z.literal('sms'), ...forReader, text: z.string() }),
]);
export type RenderedContent = z.infer<typeof RenderedContent>;
