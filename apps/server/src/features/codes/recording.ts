import type { EventType } from '@promosmith/contract';
import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { publish } from '../../platform/outbox.ts';
import { type By, type CodeRecord, codeView, eventData } from './code.ts';
import type { BatchRecord } from './store/batches.ts';

interface CodeChange {
  /** Of the audit entry. */
  action: string;
  /** Of the event, if the change has one. */
  type?: EventType;
  before?: CodeRecord;
  after: CodeRecord;
  reason?: string;
}

/** Tells of one code's change: its audit entry, and its event if it has one. */
export async function recordCode(
  tx: Queryable,
  { brandId, actor, requestId }: By,
  { action, type, before, after, reason }: CodeChange,
): Promise<void> {
  const given = reason === undefined ? {} : { reason };
  const origin = { brandId, actor, correlationId: requestId, time: new Date().toISOString() };
  if (type)
    await publish(tx, origin, [
      { type, subject: `code/${after.codeId}`, data: { ...eventData(after), ...given } },
    ]);
  await audit(tx, {
    brandId,
    actor,
    requestId,
    action,
    targetKind: 'code',
    targetId: after.codeId,
    ...(before ? { before: codeView(before) } : {}),
    after: codeView(after),
    ...given,
  });
}

/** The audit entry of what was asked for a whole batch. */
export function auditBatch(
  tx: Queryable,
  { brandId, actor, requestId }: By,
  action: string,
  { batchId, campaignId, kind, codeKind, requested, status }: BatchRecord,
  reason?: string,
): Promise<void> {
  return audit(tx, {
    brandId,
    actor,
    requestId,
    action,
    targetKind: 'batch',
    targetId: batchId,
    after: { campaignId, kind, codeKind, requested, status },
    ...(reason === undefined ? {} : { reason }),
  });
}
