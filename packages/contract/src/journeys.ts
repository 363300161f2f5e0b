import { z } from 'zod';
import { Id, Instant, Product, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { JourneyDefinition } from './journey-definition.ts';
import { defineRoute } from './route.ts';

export const JourneyStatus = z.enum(['draft', 'active', 'paused', 'archived']);
export type JourneyStatus = z.infer<typeof JourneyStatus>;

const Edge = z.object({ from: z.string(), connector: z.string(), to: z.string() });

/** One thing that is wrong with a journey, where, and what to do. An error keeps it from being published. */
export const JourneyProblem = z.object({
  key: z.string(),
  severity: z.enum(['error', 'warning']),
  nodeId: z.string().optional(),
  edge: Edge.optional(),
  field: z.string().optional().describe('Of the node; of the settings when there is no `nodeId`'),
  message: z.string(),
  fix: z.string(),
});
export type JourneyProblem = z.infer<typeof JourneyProblem>;

const JourneyName = z.string().trim().min(1).max(200);
const consent = 'Under whose consent messages are sent';

const head = {
  id: Id,
  name: z.string(),
  product: Product.describe(consent),
  status: JourneyStatus,
  version: z.int().nullable().describe('The latest that was published: players enter no other'),
  revision: z.int().describe('Counts every change; send it back with the next one'),
  pausedAt: Instant.nullable().describe('Of the latest pause'),
  resumedAt: Instant.nullable().describe('null while the pause lasts'),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
};

export const JourneySummary = z.object(head);
export type JourneySummary = z.infer<typeof JourneySummary>;

/** A journey with its draft, and what there is to say of that now. */
export const Journey = z.object({
  ...head,
  draft: JourneyDefinition,
  problems: z.array(JourneyProblem).describe('Of the draft'),
});
export type Journey = z.infer<typeof Journey>;

const versionHead = {
  version: z.int(),
  product: Product,
  note: z.string().nullable(),
  publishedBy: Actor,
  createdAt: Instant,
};

export const JourneyVersionSummary = z.object(versionHead);
export type JourneyVersionSummary = z.infer<typeof JourneyVersionSummary>;

export const JourneyVersion = z.object({
  ...versionHead,
  definition: JourneyDefinition,
  contents: z.record(Id, z.int()).describe('The version of each content that its messages send'),
});
export type JourneyVersion = z.infer<typeof JourneyVersion>;

/** Something that is different: `before` is absent where it was added, `after` where it was removed. */
const Difference = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export const JourneyChanges = z.object({
  from: z.int(),
  to: z.int().nullable().describe('null: the draft'),
  nodes: z.array(
    Difference.extend({
      nodeId: z.string(),
      fields: z.array(z.string()).describe('Those that changed, of a node that is still there'),
    }),
  ),
  edges: z.array(
    z
      .object({ change: z.enum(['added', 'removed']), edge: Edge })
      .describe('One that leads elsewhere is both'),
  ),
  settings: z.array(Difference.extend({ field: z.string() })),
  contents: z
    .array(z.object({ contentId: Id, before: z.int().nullable(), after: z.int().nullable() }))
    .describe('Content that is sent in another version; of a draft, the one in force'),
  product: z.object({ before: Product, after: Product }).nullable(),
});
export type JourneyChanges = z.infer<typeof JourneyChanges>;

/** A journey that sends a piece of content. */
export const ContentUse = z.object({
  journeyId: Id,
  name: z.string(),
  status: JourneyStatus,
  version: z.int().nullable().describe('The version that players enter, if it sends the content'),
  contentVersion: z.int().nullable().describe('The version of the content that it sends'),
  inDraft: z.boolean(),
});
export type ContentUse = z.infer<typeof ContentUse>;

const tag = 'Journeys';
const read = { permission: 'journeys:read' } as const;
const write = { permission: 'journeys:write' } as const;
const publish = { permission: 'journeys:publish' } as const;
const params = z.strictObject({ journeyId: Id });
const VersionNumber = z.coerce.number().int().min(1).max(1_000_000_000);
const one = { tag, params, problems: [404, 409] } as const;
const ifMatch = z.object({
  'if-match': z
    .string()
    .regex(/^"\d+"$/, 'the revision in quotes, as the ETag of the journey has it')
    .optional(),
});
const move = {
  ...one,
  method: 'POST',
  headers: ifMatch,
  access: publish,
  success: { 200: Journey },
} as const;
/** Of a graph at its largest, with long bodies. */
const BODY_LIMIT = 2 * 1_048_576;

export const createJourney = defineRoute({
  id: 'createJourney',
  method: 'POST',
  path: '/v1/journeys',
  tag,
  summary: 'Draft a journey',
  description:
    'A graph whose shape is right is kept whatever it means: `problems` say what keeps it from being published.',
  access: write,
  bodyLimit: BODY_LIMIT,
  body: z.strictObject({
    name: JourneyName,
    product: Product.default('casino').describe(consent),
    definition: JourneyDefinition.prefault({ nodes: { start: { kind: 'trigger' } } }).describe(
      'A trigger alone when left out',
    ),
  }),
  success: { 201: Journey },
});

export const listJourneys = defineRoute({
  id: 'listJourneys',
  method: 'GET',
  path: '/v1/journeys',
  tag,
  summary: 'List journeys, newest first',
  access: read,
  query: z.strictObject({
    ...pageQuery,
    status: JourneyStatus.optional(),
    name: z.string().min(1).max(200).optional().describe('Part of the name, whatever its case'),
  }),
  success: { 200: pageOf(JourneySummary) },
});

export const lintJourney = defineRoute({
  id: 'lintJourney',
  method: 'POST',
  path: '/v1/journeys/lint',
  tag,
  summary: 'What there is to say of a graph, stored or not',
  access: read,
  bodyLimit: BODY_LIMIT,
  body: z.strictObject({ definition: JourneyDefinition }),
  success: { 200: z.object({ problems: z.array(JourneyProblem) }) },
});

export const getJourney = defineRoute({
  ...one,
  id: 'getJourney',
  method: 'GET',
  path: '/v1/journeys/:journeyId',
  summary: 'A journey, its draft, and what there is to say of it',
  access: read,
  success: { 200: Journey },
  problems: [404],
});

export const updateJourney = defineRoute({
  ...one,
  id: 'updateJourney',
  method: 'PATCH',
  path: '/v1/journeys/:journeyId',
  summary: 'Change the draft of a journey',
  description: 'Players notice nothing until it is published.',
  access: write,
  bodyLimit: BODY_LIMIT,
  headers: ifMatch,
  body: z.strictObject({
    revision: z
      .int()
      .optional()
      .describe('The revision this change was made on, here or in `If-Match`; another one is a conflict'),
    name: JourneyName.optional(),
    product: Product.optional(),
    definition: JourneyDefinition.optional(),
  }),
  success: { 200: Journey },
});

export const duplicateJourney = defineRoute({
  ...one,
  id: 'duplicateJourney',
  method: 'POST',
  path: '/v1/journeys/:journeyId/duplicate',
  summary: 'Begin a journey with the draft of another, or one of its versions',
  access: write,
  body: z.strictObject({ name: JourneyName, version: z.int().min(1).max(1_000_000_000).optional() }),
  success: { 201: Journey },
  problems: [404],
});

export const publishJourney = defineRoute({
  ...one,
  id: 'publishJourney',
  method: 'POST',
  path: '/v1/journeys/:journeyId/publish',
  summary: 'Make the draft a version, for good',
  description:
    'Refused with all problems when one of them is an error. Of an active journey, players enter the new version from now on; who is inside stays in theirs until they are moved. Content is sent in the version it is in now.',
  access: publish,
  headers: ifMatch,
  body: z.strictObject({
    revision: z.int().optional().describe('The revision of the draft that is meant, here or in `If-Match`'),
    note: z.string().trim().min(1).max(1_000).optional().describe('What is new'),
  }),
  success: { 200: Journey },
});

export const activateJourney = defineRoute({
  ...move,
  id: 'activateJourney',
  path: '/v1/journeys/:journeyId/activate',
  summary: 'Let players into the published version',
});

export const pauseJourney = defineRoute({
  ...move,
  id: 'pauseJourney',
  path: '/v1/journeys/:journeyId/pause',
  summary: 'Let nobody in, and hold who is inside',
  description: 'What happens to players inside meanwhile is kept, and done when the journey is resumed.',
  body: z.strictObject({
    reason: z.string().trim().min(1).max(1_000),
    revision: z.int().optional().describe('As in `If-Match`'),
  }),
});

export const resumeJourney = defineRoute({
  ...move,
  id: 'resumeJourney',
  path: '/v1/journeys/:journeyId/resume',
  summary: 'Go on after a pause',
});

export const archiveJourney = defineRoute({
  ...move,
  id: 'archiveJourney',
  path: '/v1/journeys/:journeyId/archive',
  summary: 'Put a journey away for good, and take out who is inside',
  description: 'Who is inside leaves in the background, as a job.',
});

export const listJourneyVersions = defineRoute({
  ...one,
  id: 'listJourneyVersions',
  method: 'GET',
  path: '/v1/journeys/:journeyId/versions',
  summary: 'Every version of a journey, newest first',
  access: read,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(JourneyVersionSummary) },
  problems: [404],
});

export const getJourneyVersion = defineRoute({
  id: 'getJourneyVersion',
  method: 'GET',
  path: '/v1/journeys/:journeyId/versions/:version',
  tag,
  summary: 'One version of a journey, as it was published',
  access: read,
  params: params.extend({ version: VersionNumber }),
  success: { 200: JourneyVersion },
  problems: [404],
});

export const compareJourneyVersions = defineRoute({
  ...one,
  id: 'compareJourneyVersions',
  method: 'GET',
  path: '/v1/journeys/:journeyId/changes',
  summary: 'What is different between two versions, or a version and the draft',
  description: 'Without parameters: what publishing the draft would change.',
  access: read,
  query: z.strictObject({
    from: VersionNumber.optional().describe('The latest that was published when left out'),
    to: VersionNumber.optional().describe('The draft when left out'),
  }),
  success: { 200: JourneyChanges },
  problems: [404],
});

export const listContentUses = defineRoute({
  id: 'listContentUses',
  method: 'GET',
  path: '/v1/content/:contentId/journeys',
  tag: 'Content',
  summary: 'Journeys that send a piece of content, or would once their draft is published',
  access: read,
  params: z.strictObject({ contentId: Id }),
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(ContentUse) },
  problems: [404],
});
