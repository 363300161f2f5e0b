import type { Actor, Approval, ApprovalStatus } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';

/** An approval with what only the server needs to know. */
export interface ApprovalRecord extends Approval {
  brandId: string;
  principal: string;
}

interface Row extends Omit<ApprovalRecord, 'createdAt' | 'decidedAt'> {
  createdAt: Date;
  decidedAt: Date | null;
}

const COLUMNS = `approval_id as "approvalId", brand_id as "brandId", kind, subject, summary, payload, reason, status,
  requested_by as "requestedBy", principal, decided_by as "decidedBy", decision_reason as "decisionReason", failure,
  created_at as "createdAt", decided_at as "decidedAt"`;

const recordOf = (row: Row): ApprovalRecord => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

export interface NewApproval {
  approvalId: string;
  brandId: string;
  kind: string;
  subject: string;
  summary: string;
  payload: unknown;
  reason: string | undefined;
  requestedBy: Actor;
  principal: string;
}

/** @returns undefined when the same question about the subject is open already. */
export async function insertApproval(
  tx: Queryable,
  approval: NewApproval,
): Promise<ApprovalRecord | undefined> {
  const { rows } = await tx.query<Row>(
    `insert into approvals (approval_id, brand_id, kind, subject, summary, payload, reason, requested_by, principal)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (brand_id, kind, subject) where status = 'pending' do nothing
     returning ${COLUMNS}`,
    [
      approval.approvalId,
      approval.brandId,
      approval.kind,
      approval.subject,
      approval.summary,
      JSON.stringify(approval.payload),
      approval.reason,
      JSON.stringify(approval.requestedBy),
      approval.principal,
    ],
  );
  return rows[0] && recordOf(rows[0]);
}

export async function findApproval(
  db: Queryable,
  brandId: string,
  approvalId: string,
): Promise<ApprovalRecord | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from approvals where brand_id = $1 and approval_id = $2`,
    [brandId, approvalId],
  );
  return rows[0] && recordOf(rows[0]);
}

export interface ApprovalFilter {
  status?: ApprovalStatus;
  kind?: string;
  subject?: string;
  /** The last approval of the page before. */
  before: string | undefined;
  limit: number;
}

export async function listApprovals(
  db: Queryable,
  brandId: string,
  { status, kind, subject, before, limit }: ApprovalFilter,
): Promise<ApprovalRecord[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from approvals
     where brand_id = $1 and ($2::text is null or status = $2) and ($3::text is null or kind = $3)
       and ($4::text is null or subject = $4) and ($5::uuid is null or approval_id < $5)
     order by approval_id desc limit $6`,
    [brandId, status ?? null, kind ?? null, subject ?? null, before ?? null, limit],
  );
  return rows.map(recordOf);
}

export interface Outcome {
  status: Exclude<ApprovalStatus, 'pending'>;
  decidedBy: Actor;
  reason: string | undefined;
}

/** Guarded: of decisions made at once, one takes. @returns undefined when it was decided before. */
export async function closeApproval(
  tx: Queryable,
  approvalId: string,
  { status, decidedBy, reason }: Outcome,
): Promise<ApprovalRecord | undefined> {
  const { rows } = await tx.query<Row>(
    `update approvals set status = $2, decided_by = $3, decision_reason = $4, decided_at = now()
     where approval_id = $1 and status = 'pending' returning ${COLUMNS}`,
    [approvalId, status, JSON.stringify(decidedBy), reason],
  );
  return rows[0] && recordOf(rows[0]);
}

/** Turns a decision of the same transaction into a failure. */
export async function markFailed(
  tx: Queryable,
  approvalId: string,
  { key, message }: Refusal,
): Promise<ApprovalRecord> {
  const { rows } = await tx.query<Row>(
    `update approvals set status = 'failed', failure = $2 where approval_id = $1 returning ${COLUMNS}`,
    [approvalId, JSON.stringify({ key, message })],
  );
  return recordOf(rows[0]!);
}
