import { createHash } from 'node:crypto';
import type { Actor } from '@promosmith/contract';
import type { Queryable } from './db.ts';
import { newId } from './ids.ts';

export interface AuditEntry {
  brandId: string;
  actor: Actor;
  /** `<noun>.<verb in the past>`, e.g. `campaign.updated`, `api_key.revoked`. */
  action: string;
  targetKind: string;
  targetId: string;
  /** The state before and after, secrets and full codes left out. */
  before?: unknown;
  after?: unknown;
  reason?: string;
  requestId?: string;
}

/** The text an entry's digest covers: every column but position and hash, in a fixed order. */
export const auditText = (row: {
  entryId: string;
  brandId: string;
  actor: string;
  action: string;
  targetKind: string;
  targetId: string;
  before: string | null;
  after: string | null;
  reason: string | null;
  requestId: string | null;
  at: string;
}): string =>
  JSON.stringify([
    row.entryId,
    row.brandId,
    row.actor,
    row.action,
    row.targetKind,
    row.targetId,
    row.before,
    row.after,
    row.reason,
    row.requestId,
    row.at,
  ]);

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** Writes one audit entry in the transaction of the change. The sealer chains it afterwards. */
export async function audit(tx: Queryable, entry: AuditEntry, at: Date = new Date()): Promise<void> {
  const row = {
    entryId: newId(),
    brandId: entry.brandId,
    actor: JSON.stringify(entry.actor),
    action: entry.action,
    targetKind: entry.targetKind,
    targetId: entry.targetId,
    before: json(entry.before),
    after: json(entry.after),
    reason: entry.reason ?? null,
    requestId: entry.requestId ?? null,
    at: at.toISOString(),
  };
  const digest = createHash('sha256').update(auditText(row)).digest();
  await tx.query(
    `insert into audit_log (entry_id, brand_id, actor, action, target_kind, target_id, before, after, reason, request_id, at, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [...Object.values(row), digest],
  );
}
