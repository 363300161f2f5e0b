import { z } from 'zod';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

/** One change: who, what, when, and the state before and after. Secrets and full codes are never in it. */
export const AuditEntry = z.object({
  entryId: Id,
  at: Instant,
  actor: Actor,
  action: z.string().describe('`<noun>.<verb in the past>`, such as `campaign.updated`'),
  target: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
  position: z.int().nullable().describe('Place in the hash chain; null for the moment before it is sealed'),
  hash: z.string().nullable().describe('SHA-256 of the hash before and this entry, in hex'),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const listAuditEntries = defineRoute({
  id: 'listAuditEntries',
  method: 'GET',
  path: '/v1/audit',
  tag: 'Audit',
  summary: 'The audit log, newest first',
  access: { permission: 'audit:read' },
  query: z.strictObject({
    ...pageQuery,
    actorId: z.string().max(128).optional(),
    action: z.string().max(64).optional(),
    targetKind: z.string().max(64).optional(),
    targetId: z.string().max(128).optional(),
    from: Instant.optional().describe('Inclusive'),
    to: Instant.optional().describe('Exclusive'),
  }),
  success: { 200: pageOf(AuditEntry) },
});

export const verifyAudit = defineRoute({
  id: 'verifyAudit',
  method: 'GET',
  path: '/v1/audit/verification',
  tag: 'Audit',
  summary: 'Verify a hash chain of the brand',
  description: `Answers lines of JSON: progress as \`{"verified":500,"of":1200}\`, and last the verdict: \`{"ok":true,"position":1200,"hash":"…"}\`, or
\`{"ok":false,"position":7,"problem":"altered","detail":"…"}\` with the first position that is wrong. Keep position and
hash of a good verdict outside the database and send them with the next verification: this is what shows that somebody
with full power over the database rewrote the whole chain, or cut its end and its head alike.`,
  access: { permission: 'audit:read' },
  query: z.strictObject({
    chain: z.enum(['audit', 'outbox']).default('audit').describe('The audit log, or the published events'),
    position: z.coerce.number().int().min(1).optional().describe('Of an earlier verdict'),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe('Of the same verdict'),
  }),
  success: { 200: 'application/x-ndjson' },
});
