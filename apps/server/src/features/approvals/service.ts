import { type Actor, type Approval, type ApprovalStatus, Id } from '@promosmith/contract';
import { ok, type Refusal, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { newId } from '../../platform/ids.ts';
import type { Staff } from '../staff/index.ts';
import * as store from './store.ts';

/** Whoever asks or decides, for the audit log as well. */
export interface By {
  actor: Actor;
  requestId?: string;
}

export interface ApprovalRequest {
  brandId: string;
  kind: string;
  /** `campaign/<id>`, `batch/<id>`: one open request of a kind about a subject at a time. */
  subject: string;
  /** What the kind's `approved` needs to carry it out. It is shown to whoever decides: no secrets. */
  payload: unknown;
  /** One line for whoever decides. */
  summary: string;
  requestedBy: Actor;
  reason?: string;
  requestId?: string;
}

/** What happens to a kind's requests. All of it runs in the transaction of the decision. */
export interface ApprovalKind {
  /** Carries the request out. A refusal undoes what was done of it, and the request is `failed`. */
  approved(tx: Queryable, approval: store.ApprovalRecord, decidedBy: By): Promise<Result<unknown>>;
  /** Cleans up after a request that was rejected, withdrawn or failed. */
  closed?(tx: Queryable, approval: store.ApprovalRecord, decidedBy: By): Promise<void>;
}

export interface Approvals {
  /** Called once per kind when the app is built. */
  register(kind: string, what: ApprovalKind): void;
  /** In the transaction of the change that waits. Refused with `conflict` while the same question is open. */
  request(tx: Queryable, request: ApprovalRequest): Promise<Result<Approval>>;
  /** For whoever asked. The kind's `closed` is not called when the kind itself takes its request back. */
  withdraw(
    tx: Queryable,
    brandId: string,
    approvalId: string,
    by: By & { reason?: string },
  ): Promise<Result<Approval>>;
}

export interface ApprovalDesk {
  list(
    brandId: string,
    query: { cursor?: string; limit: number; status?: ApprovalStatus; kind?: string; subject?: string },
  ): Promise<Result<{ items: Approval[]; nextCursor: string | null }>>;
  get(brandId: string, approvalId: string): Promise<Result<Approval>>;
  approve(brandId: string, approvalId: string, by: By, reason?: string): Promise<Result<Approval>>;
  reject(brandId: string, approvalId: string, by: By, reason: string): Promise<Result<Approval>>;
  withdraw(brandId: string, approvalId: string, by: By, reason?: string): Promise<Result<Approval>>;
}

const PageKey = z.tuple([Id]);

const view = ({ brandId: _, principal: __, ...approval }: store.ApprovalRecord): Approval => approval;
const viewed = (result: Result<store.ApprovalRecord>): Result<Approval> =>
  result.ok ? ok(view(result.value)) : result;

export function createApprovalService(db: Database, staff: Staff): Approvals & { desk: ApprovalDesk } {
  const kinds = new Map<string, ApprovalKind>();

  const record = (tx: Queryable, { actor, requestId }: By, action: string, after: store.ApprovalRecord) =>
    audit(tx, {
      brandId: after.brandId,
      actor,
      requestId,
      action,
      targetKind: 'approval',
      targetId: after.approvalId,
      before: after.status === 'pending' ? undefined : { status: 'pending' },
      after: view(after),
      reason: (after.status === 'pending' ? after.reason : after.decisionReason) ?? undefined,
    });

  /** Closes a pending request, by somebody else than who asked, or by exactly them when they withdraw. */
  async function close(
    tx: Queryable,
    brandId: string,
    approvalId: string,
    status: store.Outcome['status'],
    by: By & { reason?: string },
  ): Promise<Result<store.ApprovalRecord>> {
    const pending = await store.findApproval(tx, brandId, approvalId);
    if (!pending) return refuse('not_found', 'There is no such request.');
    const isOwn = (await staff.principalOf(tx, by.actor)) === pending.principal;
    if (status === 'withdrawn' && !isOwn)
      return refuse('forbidden', 'Only whoever asked can withdraw the request.');
    if (status !== 'withdrawn' && isOwn)
      return refuse(
        'own_request',
        'Somebody else has to decide what you, or an API key of yours, asked for.',
      );
    const outcome = { status, decidedBy: by.actor, reason: by.reason };
    const closed = await store.closeApproval(tx, approvalId, outcome);
    if (closed) return ok(closed);
    const decided = await store.findApproval(tx, brandId, approvalId);
    return refuse('conflict', `The request is ${decided?.status} already.`);
  }

  /** Runs the kind's part behind a savepoint: a refusal undoes it, and is kept with the request. */
  async function carryOut(
    tx: Queryable,
    approval: store.ApprovalRecord,
    by: By,
  ): Promise<Refusal | undefined> {
    const kind = kinds.get(approval.kind);
    if (!kind) throw new Error(`nobody carries out ${approval.kind}`);
    await tx.query('savepoint carry_out');
    const done = await kind.approved(tx, approval, by);
    await tx.query(done.ok ? 'release savepoint carry_out' : 'rollback to savepoint carry_out');
    return done.ok ? undefined : done.refusal;
  }

  const decide = (
    brandId: string,
    approvalId: string,
    status: store.Outcome['status'],
    by: By & { reason?: string },
  ): Promise<Result<Approval>> =>
    db.transaction(async (tx) => {
      const closed = await close(tx, brandId, approvalId, status, by);
      if (!closed.ok) return closed;
      const refusal = status === 'approved' ? await carryOut(tx, closed.value, by) : undefined;
      const after = refusal ? await store.markFailed(tx, approvalId, refusal) : closed.value;
      if (after.status !== 'approved') await kinds.get(after.kind)?.closed?.(tx, after, by);
      await record(tx, by, `approval.${after.status}`, after);
      return ok(view(after));
    });

  return {
    register(kind, what) {
      if (kinds.has(kind)) throw new Error(`${kind} is registered already`);
      kinds.set(kind, what);
    },

    async request(tx, { requestId, ...request }) {
      const principal = await staff.principalOf(tx, request.requestedBy);
      const { reason } = request;
      const approval = await store.insertApproval(tx, { ...request, reason, approvalId: newId(), principal });
      if (!approval) return refuse('conflict', 'The same request waits for approval already.');
      await record(tx, { actor: request.requestedBy, requestId }, 'approval.requested', approval);
      return ok(view(approval));
    },

    async withdraw(tx, brandId, approvalId, by) {
      const closed = await close(tx, brandId, approvalId, 'withdrawn', by);
      if (closed.ok) await record(tx, by, 'approval.withdrawn', closed.value);
      return viewed(closed);
    },

    desk: {
      async list(brandId, { cursor, limit, ...filter }) {
        const before = decodeCursor(cursor, PageKey);
        if (!before.ok) return before;
        const page = { ...filter, before: before.value?.[0], limit: limit + 1 };
        const rows = await store.listApprovals(db, brandId, page);
        return ok(toPage(rows, limit, ({ approvalId }) => [approvalId], view));
      },

      async get(brandId, approvalId) {
        const found = await store.findApproval(db, brandId, approvalId);
        return found ? ok(view(found)) : refuse('not_found', 'There is no such request.');
      },

      approve: (brandId, approvalId, by, reason) =>
        decide(brandId, approvalId, 'approved', { ...by, reason }),
      reject: (brandId, approvalId, by, reason) => decide(brandId, approvalId, 'rejected', { ...by, reason }),
      withdraw: (brandId, approvalId, by, reason) =>
        decide(brandId, approvalId, 'withdrawn', { ...by, reason }),
    },
  };
}
