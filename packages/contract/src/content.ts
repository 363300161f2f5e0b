import { FINDINGS, type FindingKey } from '@promosmith/core/content';
import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { ContentChannel, ContentDocument, Locale, RenderedContent } from './content-documents.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

const place = {
  line: z.int().optional().describe('In the text, from 1'),
  column: z.int().optional(),
};

/** One thing to mend, or to think about, in a document. Errors keep it from being published. */
export const ContentFinding = z.object({
  severity: z.enum(['error', 'warning']),
  key: z.enum(Object.keys(FINDINGS) as [FindingKey, ...FindingKey[]]),
  message: z.string(),
  text: z.string().optional().describe('The key of the text, such as `offer.text`, or of the setting'),
  locale: z.string().optional().describe('Of the translation it is in'),
  ...place,
});
export type ContentFinding = z.infer<typeof ContentFinding>;

/** Why a document cannot be sent to a player. */
export const ContentProblem = z.object({
  key: z.string(),
  message: z.string(),
  text: z.string().describe('The key of the text it is about'),
  name: z.string().optional().describe('Of `missing_value`: the variable'),
  ...place,
});

const head = {
  id: Id,
  name: z.string(),
  channel: ContentChannel,
  version: z.int().describe('Counts every change; send it back with the next one'),
  archived: z.boolean().describe('Out of the library; what sends it goes on'),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
};

export const ContentSummary = z.object(head);
export type ContentSummary = z.infer<typeof ContentSummary>;

/** A piece of content with what there is to say of it now. */
export const ContentItem = z.object({
  ...head,
  document: ContentDocument,
  findings: z.array(ContentFinding),
});
export type ContentItem = z.infer<typeof ContentItem>;

export const ContentVersion = z.object({
  version: z.int(),
  name: z.string(),
  document: ContentDocument,
  createdBy: Actor,
  createdAt: Instant,
});
export type ContentVersion = z.infer<typeof ContentVersion>;

/** A document to begin with. */
export const ContentTemplate = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  channel: ContentChannel,
  parameters: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['label', 'client_action', 'url']),
      title: z.string(),
      default: z.string(),
    }),
  ),
  document: ContentDocument.describe('With the defaults of the parameters'),
});
export type ContentTemplate = z.infer<typeof ContentTemplate>;

/** What templates may ask for. */
export const ContentVariables = z.object({
  state: z.array(
    z.object({
      name: z.string().describe('After `state.`'),
      type: z.string(),
      label: z.string(),
      example: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      unit: z.literal('minor').optional().describe('Minor units: write it with `| money`'),
    }),
  ),
  labels: z.array(z.string()).describe('After `label.`'),
  brand: z.array(z.string()).describe('After `brand.`'),
  message: z.array(z.string()).describe('After `message.`'),
  filters: z.array(z.string()),
  tags: z.array(z.string()),
});
export type ContentVariables = z.infer<typeof ContentVariables>;

const Name = z.string().trim().min(1).max(200);

export const ContentInput = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('document'), name: Name, document: ContentDocument }),
  z.strictObject({
    ...{ from: z.literal('template'), name: Name },
    template: z.string().max(100).describe('The id of a ready-made template'),
    parameters: z.record(z.string().max(64), z.string().max(2_048)).default({}),
  }),
  z.strictObject({ from: z.literal('copy'), name: Name, contentId: Id }),
]);
export type ContentInput = z.infer<typeof ContentInput>;

const tag = 'Content';
const read = { permission: 'journeys:read' } as const;
const write = { permission: 'journeys:write' } as const;
const ofItem = { tag, params: z.strictObject({ contentId: Id }), problems: [404] } as const;

export const listContentTemplates = defineRoute({
  id: 'listContentTemplates',
  method: 'GET',
  path: '/v1/content-templates',
  tag,
  summary: 'Documents to begin with, and what to fill in',
  access: read,
  success: { 200: z.object({ items: z.array(ContentTemplate) }) },
});

export const getContentVariables = defineRoute({
  id: 'getContentVariables',
  method: 'GET',
  path: '/v1/content-variables',
  tag,
  summary: 'What templates of the brand may ask for',
  access: read,
  success: { 200: ContentVariables },
});

export const createContent = defineRoute({
  id: 'createContent',
  method: 'POST',
  path: '/v1/content',
  tag,
  summary: 'Add content, from scratch, a template or a copy',
  description:
    'A document whose shape is right is kept whatever it means: `findings` say what keeps it from being published.',
  access: write,
  body: ContentInput,
  success: { 201: ContentItem },
  problems: [404],
});

export const listContent = defineRoute({
  id: 'listContent',
  method: 'GET',
  path: '/v1/content',
  tag,
  summary: 'The library, newest first',
  access: read,
  query: z.strictObject({
    ...pageQuery,
    channel: ContentChannel.optional(),
    name: z.string().min(1).max(200).optional().describe('Part of the name, whatever its case'),
    archived: z.stringbool().default(false).describe('Those out of the library instead'),
  }),
  success: { 200: pageOf(ContentSummary) },
});

export const getContent = defineRoute({
  ...ofItem,
  id: 'getContent',
  method: 'GET',
  path: '/v1/content/:contentId',
  summary: 'One piece of content, and what there is to say of it',
  access: read,
  success: { 200: ContentItem },
});

export const listContentVersions = defineRoute({
  ...ofItem,
  id: 'listContentVersions',
  method: 'GET',
  path: '/v1/content/:contentId/versions',
  summary: 'Every version, newest first',
  access: read,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(ContentVersion) },
});

export const updateContent = defineRoute({
  ...ofItem,
  id: 'updateContent',
  method: 'PATCH',
  path: '/v1/content/:contentId',
  summary: 'Change content: every change is a version',
  description: 'The channel stays. What is sent already stays as it was sent.',
  access: write,
  body: z.strictObject({
    version: z.int().describe('The version this change was made on; another one in force is a conflict'),
    name: Name.optional(),
    document: ContentDocument.optional(),
  }),
  success: { 200: ContentItem },
  problems: [404, 409],
});

export const archiveContent = defineRoute({
  ...ofItem,
  id: 'archiveContent',
  method: 'POST',
  path: '/v1/content/:contentId/archive',
  summary: 'Take content out of the library; journeys that send it go on',
  access: write,
  success: { 200: ContentItem },
});

export const restoreContent = defineRoute({
  ...ofItem,
  id: 'restoreContent',
  method: 'POST',
  path: '/v1/content/:contentId/restore',
  summary: 'Put content back in the library',
  access: write,
  success: { 200: ContentItem },
});

export const lintContent = defineRoute({
  id: 'lintContent',
  method: 'POST',
  path: '/v1/content/lint',
  tag,
  summary: 'What there is to say of a document, stored or not',
  access: read,
  body: z.strictObject({
    document: ContentDocument,
    event: z
      .array(z.string().max(200))
      .max(200)
      .optional()
      .describe('Names of the fields of the event, where it is known which one it will be'),
  }),
  success: { 200: z.object({ findings: z.array(ContentFinding) }) },
});

const Values = z.record(z.string().max(200), z.json());

export const previewContent = defineRoute({
  id: 'previewContent',
  method: 'POST',
  path: '/v1/content/preview',
  tag,
  summary: 'A document as a player would get it; nothing is sent, no code is drawn',
  access: read,
  body: z.strictObject({
    document: ContentDocument,
    player: PlayerExternalId.optional().describe(
      'Whose values to use; without one, the examples of the facts',
    ),
    locale: Locale.optional().describe('In place of the player’s language'),
    labels: z
      .record(z.string().max(64), z.string().max(1_000))
      .default({})
      .describe('Values of label tags; for a tag left out, its name in capitals stands in'),
    event: Values.default({}),
    events: Values.default({}).describe('Of earlier events, by the id of the node'),
  }),
  success: {
    200: z.object({
      rendered: RenderedContent.nullable().describe('null when there are problems'),
      problems: z.array(ContentProblem),
      sms: z.object({ encoding: z.enum(['gsm7', 'ucs2']), segments: z.int() }).nullable(),
    }),
  },
  problems: [404],
});
