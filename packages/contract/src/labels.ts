import { LABEL_KINDS, LABEL_LIMITS, LABEL_NAME } from '@promosmith/core/labels';
import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

/** What content calls a label tag: `{{label.<name>}}`. */
export const LabelName = z
  .string()
  .regex(LABEL_NAME, 'lower snake case, starting with a letter, at most 64 characters');

const RuleText = z.string().min(1).max(4_096).describe('CEL over the player and `now`');
const Source = z
  .string()
  .min(1)
  .max(LABEL_LIMITS.sourceLength)
  .describe('JavaScript whose last expression is the value: a text or a number');

const valuesOf = <Value extends z.ZodType>(value: Value) => ({
  conditions: z
    .array(z.strictObject({ rule: RuleText, value }))
    .max(LABEL_LIMITS.conditions)
    .default([])
    .describe('In order: the first whose rule passes gives the value'),
  default: value.describe('The value when no condition passes'),
});

/** What a label tag is. Its values are of one kind. */
export const LabelDefinition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...valuesOf(z.string().max(LABEL_LIMITS.valueLength)) }),
  z.strictObject({ kind: z.literal('function'), ...valuesOf(Source) }),
  z.strictObject({
    kind: z.literal('code'),
    ...valuesOf(Id.describe('A batch of unique codes: each message gets one, bound to its player')),
  }),
]);
export type LabelDefinition = z.infer<typeof LabelDefinition>;

const head = {
  name: z.string(),
  version: z.int().describe('Counts every change; send it back with the next one'),
  archived: z.boolean().describe('Not for new content; what uses it goes on'),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
};

export const LabelSummary = z.object({ ...head, kind: z.enum(LABEL_KINDS) });
export type LabelSummary = z.infer<typeof LabelSummary>;

export const Label = z.object({ ...head, definition: LabelDefinition });
export type Label = z.infer<typeof Label>;

export const LabelVersion = z.object({
  version: z.int(),
  definition: LabelDefinition,
  createdBy: Actor,
  createdAt: Instant,
});
export type LabelVersion = z.infer<typeof LabelVersion>;

/** Why there is no value. */
export const LabelProblem = z.object({
  key: z.string(),
  message: z.string().describe('With the line, where it can be told: `label.promo_code: line 3: …`'),
});
export type LabelProblem = z.infer<typeof LabelProblem>;

const LabelValue = z.union([z.string(), z.number()]);

/** How random the values of a function are, estimated from a sample. In bits, of one value. */
export const LabelRandomness = z.object({
  samples: z.int(),
  duplicates: z.int().describe('Pairs of samples that were the same'),
  shannonBits: z.number().describe('The usual measure; the others are less'),
  collisionBits: z.number().describe('Decides how soon values repeat'),
  marginBits: z.number().describe('`collisionBits` is no further off, at a confidence of 95 %'),
  guessBits: z.number().describe('Against someone who tries the likeliest values first'),
  atLeastBits: z.number().describe('There are at least so many, whatever the function does, at 95 %'),
  basis: z
    .enum(['symbols', 'pairs'])
    .describe('Worked out symbol by symbol, or from the duplicates, of which there were too many for that'),
  duplicateLikelyAfter: z.int().describe('After about so many values a duplicate is likelier than not'),
});
export type LabelRandomness = z.infer<typeof LabelRandomness>;

const tag = 'Label tags';
const read = { permission: 'journeys:read' } as const;
const write = { permission: 'journeys:write' } as const;
const ofLabel = { tag, params: z.strictObject({ labelName: LabelName }), problems: [404] } as const;
/** A definition may hold one source for each condition, all at their longest and of three-byte characters. */
const BODY_LIMIT = 4 * 1_048_576;

export const createLabel = defineRoute({
  id: 'createLabel',
  method: 'POST',
  path: '/v1/labels',
  tag,
  summary: 'Add a label tag',
  description: 'Functions are read but not run: `POST /v1/label-test-runs` runs one.',
  access: write,
  body: z.strictObject({ name: LabelName, definition: LabelDefinition }),
  bodyLimit: BODY_LIMIT,
  success: { 201: Label },
  problems: [409],
});

export const listLabels = defineRoute({
  id: 'listLabels',
  method: 'GET',
  path: '/v1/labels',
  tag,
  summary: 'Label tags, by name',
  access: read,
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(LABEL_KINDS).optional(),
    archived: z.stringbool().default(false).describe('Those that are archived instead'),
  }),
  success: { 200: pageOf(LabelSummary) },
});

export const getLabel = defineRoute({
  ...ofLabel,
  id: 'getLabel',
  method: 'GET',
  path: '/v1/labels/:labelName',
  summary: 'A label tag',
  access: read,
  success: { 200: Label },
});

export const listLabelVersions = defineRoute({
  ...ofLabel,
  id: 'listLabelVersions',
  method: 'GET',
  path: '/v1/labels/:labelName/versions',
  summary: 'Every version of a label tag, newest first',
  access: read,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(LabelVersion) },
});

export const updateLabel = defineRoute({
  ...ofLabel,
  id: 'updateLabel',
  method: 'PUT',
  path: '/v1/labels/:labelName',
  summary: 'Change a label tag: every change is a version',
  description: 'The name stays. Messages prepared from now on get the new values; the others keep theirs.',
  access: write,
  body: z.strictObject({
    version: z.int().describe('The version this change was made on; another one in force is a conflict'),
    definition: LabelDefinition,
  }),
  bodyLimit: BODY_LIMIT,
  success: { 200: Label },
  problems: [404, 409],
});

export const archiveLabel = defineRoute({
  ...ofLabel,
  id: 'archiveLabel',
  method: 'POST',
  path: '/v1/labels/:labelName/archive',
  summary: 'Offer a label tag to no new content; what uses it goes on',
  access: write,
  success: { 200: Label },
});

export const restoreLabel = defineRoute({
  ...ofLabel,
  id: 'restoreLabel',
  method: 'POST',
  path: '/v1/labels/:labelName/restore',
  summary: 'Offer an archived label tag again',
  access: write,
  success: { 200: Label },
});

export const previewLabel = defineRoute({
  id: 'previewLabel',
  method: 'POST',
  path: '/v1/label-previews',
  tag,
  summary: 'The value a player would get of a label tag, stored or not',
  description: 'A function is run. No code is drawn: of a `code` only the batch is told.',
  access: write,
  body: z.strictObject({ name: LabelName, definition: LabelDefinition, player: PlayerExternalId }),
  bodyLimit: BODY_LIMIT,
  success: {
    200: z.object({
      condition: z.int().nullable().describe('Which condition passed, from 0; null: the default'),
      value: LabelValue.nullable().describe('null for a code, and where there is a problem'),
      batchId: Id.nullable().describe('Of a code: the batch it would be drawn from'),
      problem: LabelProblem.nullable(),
    }),
  },
  problems: [404],
});

export const testLabelFunction = defineRoute({
  id: 'testLabelFunction',
  method: 'POST',
  path: '/v1/label-test-runs',
  tag,
  summary: 'Run a function many times, and learn how random its values are',
  description: 'It is run for some seconds at most: `runs` in the answer says how often.',
  access: write,
  body: z.strictObject({
    name: LabelName,
    source: Source,
    runs: z.int().min(1).max(20_000).default(20_000),
  }),
  success: {
    200: z.object({
      runs: z.int(),
      examples: z.array(LabelValue).describe('Of the first runs that had a value'),
      failed: z.int().describe('Runs without a value'),
      problems: z.array(LabelProblem).describe('Why, each message once, ten at most'),
      randomness: LabelRandomness.nullable().describe('null when there are fewer than two values'),
    }),
  },
});
