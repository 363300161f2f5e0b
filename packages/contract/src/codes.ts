import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const CodeKind = z.enum(['shared', 'unique', 'personal']);
export type CodeKind = z.infer<typeof CodeKind>;

/** `exhausted`: every use of its limit is taken. It is active again when uses come back or the limit is raised. */
export const CodeState = z.enum(['generated', 'active', 'exhausted', 'expired', 'disabled']);
export type CodeState = z.infer<typeof CodeState>;

/** Most codes of one batch. */
export const MAX_BATCH = 10_000_000;

const MaxUses = z.int().min(1).max(1_000_000_000_000);
const Reason = z.string().trim().min(1).max(1000);
/** A code as somebody typed it; what is wrong with it is said in detail after reading. */
const CodeText = z.string().min(1).max(20_000);

export const Code = z.object({
  id: Id,
  campaignId: Id,
  batchId: Id.nullable().describe('Null for a code made on its own'),
  kind: CodeKind,
  state: CodeState,
  code: z.string().describe('Shared codes in full, others masked to their last symbols'),
  uses: z.int(),
  reserved: z.int().describe('Uses held until an awaited deposit arrives'),
  maxUses: z.int().nullable().describe('Null: no limit of its own'),
  holder: PlayerExternalId.nullable().describe('The only player who may use it'),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  disabledReason: z.string().nullable(),
  distributedAt: Instant.nullable(),
  createdAt: Instant,
});
export type Code = z.infer<typeof Code>;

/** A code with its text in full: shown to who made it, and to who may export codes. */
export const RevealedCode = Code.extend({ text: z.string().nullable() });
export type RevealedCode = z.infer<typeof RevealedCode>;

const lifetime = {
  startsAt: Instant.nullable().default(null),
  endsAt: Instant.nullable().default(null),
};
const pattern = {
  pattern: z
    .string()
    .min(1)
    .max(256)
    .optional()
    .describe(
      '`#` a random symbol, `@` the check symbol, `\\` takes the next literally, the rest stands for itself',
    ),
  alphabet: z
    .string()
    .min(2)
    .max(256)
    .optional()
    .describe('Symbols of `#` and `@`; Crockford base32 if left out'),
  allowOffensive: z.boolean().default(false).describe('Keep codes that happen to spell something offensive'),
};

export const CodeInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('shared'),
    code: CodeText,
    maxUses: MaxUses.nullable().default(null),
    ...lifetime,
  }),
  z.strictObject({
    kind: z.literal('unique').optional().default('unique'),
    code: CodeText.optional().describe('Made from the pattern if left out'),
    ...pattern,
    ...lifetime,
  }),
  z.strictObject({
    kind: z.literal('personal'),
    holder: PlayerExternalId,
    code: CodeText.optional().describe('Made from the pattern if left out'),
    maxUses: MaxUses.default(1),
    ...pattern,
    ...lifetime,
  }),
]);
export type CodeInput = z.infer<typeof CodeInput>;

export const BatchInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unique'),
    count: z.int().min(1).max(MAX_BATCH),
    ...pattern,
    ...lifetime,
  }),
  z.strictObject({
    kind: z.literal('personal'),
    holders: z.array(PlayerExternalId).min(1).max(50_000).describe('One code for each'),
    maxUses: MaxUses.default(1),
    ...pattern,
    ...lifetime,
  }),
]);
export type BatchInput = z.infer<typeof BatchInput>;

export const BatchStatus = z.enum([
  'pending_approval',
  'making',
  'ready',
  'rejected',
  'cancelled',
  'failed',
  'disabled',
]);
export type BatchStatus = z.infer<typeof BatchStatus>;

/** How hard codes of a pattern are to guess. */
export const CodeStrength = z.object({
  bits: z.number(),
  possibleCodes: z.string().describe('A whole number, often beyond what JSON numbers hold'),
  guessesPerHit: z.number().describe('One guess in this many hits one of the codes'),
});
export type CodeStrength = z.infer<typeof CodeStrength>;

export const CodeBatch = z.object({
  id: Id,
  campaignId: Id,
  kind: z.enum(['generated', 'sealed', 'imported']),
  codeKind: CodeKind,
  status: BatchStatus,
  pattern: z.string().nullable(),
  alphabet: z.string().nullable(),
  strength: CodeStrength.nullable(),
  requested: z.int().nullable(),
  size: z.int().describe('Codes it has'),
  lines: z.int().nullable().describe('Of an import: lines with something on them, the header left out'),
  badLines: z.int().nullable().describe('Of an import: lines left out; the import report says why'),
  jobId: Id.nullable().describe('Its progress is at `/v1/jobs/{jobId}`'),
  approvalId: Id.nullable(),
  createdBy: Actor,
  createdAt: Instant,
});
export type CodeBatch = z.infer<typeof CodeBatch>;

export const BadLine = z.object({
  line: z.int().describe('From 1, the header included'),
  field: z.string(),
  reason: z.string(),
});
export type BadLine = z.infer<typeof BadLine>;

/** What became of an import. */
export const ImportReport = z.object({
  batch: CodeBatch,
  report: z.array(BadLine).describe('The first 1,000 faults; the import report has all'),
});
export type ImportReport = z.infer<typeof ImportReport>;

const tag = 'Codes';
const read = { permission: 'codes:read' } as const;
const write = { permission: 'codes:write' } as const;
const ofCampaign = { tag, params: z.strictObject({ campaignId: Id }) } as const;
const ofCode = { tag, params: z.strictObject({ codeId: Id }) } as const;
const ofBatch = { tag, params: z.strictObject({ batchId: Id }) } as const;

export const createCode = defineRoute({
  ...ofCampaign,
  id: 'createCode',
  method: 'POST',
  path: '/v1/campaigns/:campaignId/codes',
  summary: 'Create one code',
  description: 'The answer is the only one that shows a unique or personal code in full.',
  access: write,
  body: CodeInput,
  success: { 201: RevealedCode },
  problems: [404, 409],
});

export const createBatch = defineRoute({
  ...ofCampaign,
  id: 'createCodeBatch',
  method: 'POST',
  path: '/v1/campaigns/:campaignId/code-batches',
  summary: 'Make many codes, as a job',
  description:
    'A batch above the brand’s threshold waits for a second person first. While it is made, its codes are neither exported nor handed out; a cancelled batch leaves no codes.',
  access: write,
  body: BatchInput,
  success: { 202: CodeBatch },
  problems: [404],
  bodyLimit: 8 * 1024 * 1024,
});

export const checkPattern = defineRoute({
  id: 'checkCodePattern',
  method: 'POST',
  path: '/v1/code-patterns/check',
  tag,
  summary: 'How strong codes of a pattern are, with some examples',
  access: write,
  body: z.strictObject({ ...pattern, count: z.int().min(1).max(MAX_BATCH).default(1) }),
  success: { 200: z.object({ strength: CodeStrength, fits: z.boolean(), examples: z.array(z.string()) }) },
});

export const listBatches = defineRoute({
  id: 'listCodeBatches',
  method: 'GET',
  path: '/v1/code-batches',
  tag,
  summary: 'List batches, newest first',
  access: read,
  query: z.strictObject({ ...pageQuery, campaignId: Id.optional(), status: BatchStatus.optional() }),
  success: { 200: pageOf(CodeBatch) },
});

export const getBatch = defineRoute({
  ...ofBatch,
  id: 'getCodeBatch',
  method: 'GET',
  path: '/v1/code-batches/:batchId',
  summary: 'A batch',
  access: read,
  success: { 200: CodeBatch },
  problems: [404],
});

export const disableBatch = defineRoute({
  ...ofBatch,
  id: 'disableCodeBatch',
  method: 'POST',
  path: '/v1/code-batches/:batchId/disable',
  summary: 'Disable every code of a batch, as a job',
  access: { permission: 'codes:disable' },
  body: z.strictObject({ reason: Reason }),
  success: { 202: CodeBatch },
  problems: [404, 409],
});

export const importCodes = defineRoute({
  ...ofCampaign,
  id: 'importCodes',
  method: 'POST',
  path: '/v1/campaigns/:campaignId/codes/import',
  summary: 'Import codes from CSV',
  description:
    'UTF-8. The first line names the columns: `code`, and if wanted `kind`, `holder`, `max_uses`, `starts_at`, `ends_at`. Good lines are kept and bad ones reported. A small file is answered with its report (200); a large one is imported as a job (202).',
  access: write,
  query: z.strictObject({
    kind: CodeKind.default('unique').describe('Of lines that do not name one'),
  }),
  streamBody: { contentType: 'text/csv' },
  bodyLimit: 1024 * 1024 * 1024,
  success: { 200: ImportReport, 202: CodeBatch },
  problems: [404, 413],
});

export const getImportReport = defineRoute({
  ...ofBatch,
  id: 'getImportReport',
  method: 'GET',
  path: '/v1/code-batches/:batchId/import-report',
  summary: 'The bad lines of an import, all of them, as CSV',
  access: read,
  success: { 200: 'text/csv; charset=utf-8' },
  problems: [404],
});

export const exportBatch = defineRoute({
  ...ofBatch,
  id: 'exportCodeBatch',
  method: 'GET',
  path: '/v1/code-batches/:batchId/export',
  summary: 'The codes of a batch in full, as CSV',
  access: { permission: 'codes:export' },
  success: { 200: 'text/csv; charset=utf-8' },
  problems: [404, 409],
});

export const exportCampaignCodes = defineRoute({
  ...ofCampaign,
  id: 'exportCampaignCodes',
  method: 'GET',
  path: '/v1/campaigns/:campaignId/codes/export',
  summary: 'The codes of a campaign in full, as CSV',
  access: { permission: 'codes:export' },
  success: { 200: 'text/csv; charset=utf-8' },
  problems: [404],
});

export const listCodes = defineRoute({
  id: 'listCodes',
  method: 'GET',
  path: '/v1/codes',
  tag,
  summary: 'List codes, newest campaign and newest batch first',
  description:
    'A page looks through a bounded number of codes, so with a filter that few codes pass it may hold fewer than `limit`, even none: go on until `nextCursor` is null.',
  access: read,
  query: z.strictObject({
    ...pageQuery,
    campaignId: Id.optional(),
    batchId: Id.optional(),
    holder: PlayerExternalId.optional(),
    kind: CodeKind.optional(),
    state: CodeState.optional(),
    last4: z.string().min(1).max(16).optional().describe('The last symbols, as the mask shows them'),
  }),
  success: { 200: pageOf(Code) },
});

export const getCode = defineRoute({
  ...ofCode,
  id: 'getCode',
  method: 'GET',
  path: '/v1/codes/:codeId',
  summary: 'A code',
  access: read,
  success: { 200: Code },
  problems: [404],
});

export const lookUpCode = defineRoute({
  id: 'lookUpCode',
  method: 'POST',
  path: '/v1/codes/lookup',
  tag,
  summary: 'Which code is this, as a player typed it',
  access: read,
  body: z.strictObject({ code: CodeText }),
  success: { 200: Code },
  problems: [404],
});

export const disableCode = defineRoute({
  ...ofCode,
  id: 'disableCode',
  method: 'POST',
  path: '/v1/codes/:codeId/disable',
  summary: 'Disable a code for good',
  access: { permission: 'codes:disable' },
  body: z.strictObject({ reason: Reason }),
  success: { 200: Code },
  problems: [404],
});

export const raiseLimit = defineRoute({
  ...ofCode,
  id: 'raiseCodeLimit',
  method: 'POST',
  path: '/v1/codes/:codeId/limit',
  summary: 'Raise how often a code may be used',
  description: 'Waits for a second person where the brand says so (202).',
  access: { permission: 'codes:raise' },
  body: z.strictObject({ maxUses: MaxUses }),
  success: { 200: Code, 202: Code.extend({ approvalId: Id }) },
  problems: [404, 409],
});

export const distributeCodes = defineRoute({
  id: 'distributeCodes',
  method: 'POST',
  path: '/v1/codes/distribution',
  tag,
  summary: 'Give codes to players',
  description:
    'Draws a code nobody has yet from a batch for each player, or binds one given code to one player. A code that is bound can be used by its player alone. All or nothing. Texts are shown to callers who may export codes.',
  access: write,
  body: z.union([
    z.strictObject({
      batchId: Id,
      players: z.array(PlayerExternalId).min(1).max(1000),
    }),
    z.strictObject({ codeId: Id, player: PlayerExternalId }),
  ]),
  success: { 200: z.object({ codes: z.array(RevealedCode) }) },
  problems: [404, 409],
});
