import type { Actor, CaseDecision, CaseNote, RiskCase } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';

/** A case with what only the server needs to know of it. */
export interface CaseRecord extends RiskCase {
  readonly brandId: string;
  readonly playerId: string | null;
  /** Takes back what the decision says. */
  readonly jobId: string | null;
}

export interface Row extends Omit<CaseRecord, 'openedAt' | 'decidedAt'> {
  openedAt: Date;
  decidedAt: Date | null;
}

export const COLUMNS = `case_id as id, brand_id as "brandId", kind, state, priority, score, band, player_id as "playerId",
  player_external_id as player, activation_id as "activationId", code_key as "codeId", campaign_id as "campaignId", evidence,
  assignee, revision, opened_at as "openedAt", approval_id as "approvalId", decision, decision_reason as reason,
  player_message as "playerMessage", decided_by as "decidedBy", decided_at as "decidedAt", job_id as "jobId", effects`;

export const recordOf = (row: Row): CaseRecord => ({
  ...row,
  openedAt: row.openedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

export const caseView = ({ brandId: _, playerId: __, jobId: ___, ...shown }: CaseRecord): RiskCase => shown;

async function one(db: Queryable, sql: string, values: readonly unknown[]): Promise<CaseRecord | undefined> {
  const { rows } = await db.query<Row>(sql, values);
  return rows[0] && recordOf(rows[0]);
}

async function many(db: Queryable, sql: string, values: readonly unknown[]): Promise<CaseRecord[]> {
  const { rows } = await db.query<Row>(sql, values);
  return rows.map(recordOf);
}

export const findCase = (db: Queryable, brandId: string, caseId: string): Promise<CaseRecord | undefined> =>
  one(db, `select ${COLUMNS} from risk_cases where brand_id = $1 and case_id = $2`, [brandId, caseId]);

/** The review of an activation, decided or not. */
export const findReview = (
  db: Queryable,
  brandId: string,
  activationId: string,
): Promise<CaseRecord | undefined> =>
  one(
    db,
    `select ${COLUMNS} from risk_cases where brand_id = $1 and subject = $2 and kind = 'review_requested'`,
    [brandId, `activation/${activationId}`],
  );

/** Reviews of a player's own, newest first. */
export const findReviewsOf = (db: Queryable, playerId: string, most: number): Promise<CaseRecord[]> =>
  many(
    db,
    `select ${COLUMNS} from risk_cases where player_id = $1 and kind = 'review_requested'
     order by case_id desc limit $2`,
    [playerId, most],
  );

/** Other cases of the player or of the code, newest first. */
export const findEarlier = (db: Queryable, about: CaseRecord, most: number): Promise<CaseRecord[]> =>
  many(
    db,
    `select ${COLUMNS} from risk_cases
     where ${about.playerId === null ? 'code_key = $1' : 'player_id = $1'} and case_id <> $2 and brand_id = $3
     order by case_id desc limit $4`,
    [about.playerId ?? about.codeId, about.id, about.brandId, most],
  );

/** Guarded by the revision: of two who take a case at once, one does. @returns undefined when it is another by now. */
export const setAssignee = (
  tx: Queryable,
  brandId: string,
  caseId: string,
  revision: number,
  assignee: Actor | null,
): Promise<CaseRecord | undefined> =>
  one(
    tx,
    `update risk_cases set assignee = $4, state = case when $4::json is null then 'open' else 'assigned' end,
       revision = revision + 1, changed_at = now()
     where brand_id = $1 and case_id = $2 and revision = $3 and state <> 'decided' returning ${COLUMNS}`,
    [brandId, caseId, revision, assignee && JSON.stringify(assignee)],
  );

/** Lets a case wait for a second person. Guarded as an assignment is, and against waiting twice. */
export const waitForApproval = (
  tx: Queryable,
  brandId: string,
  caseId: string,
  revision: number,
  approvalId: string,
): Promise<CaseRecord | undefined> =>
  one(
    tx,
    `update risk_cases set approval_id = $4, revision = revision + 1, changed_at = now()
     where brand_id = $1 and case_id = $2 and revision = $3 and state <> 'decided' and approval_id is null
     returning ${COLUMNS}`,
    [brandId, caseId, revision, approvalId],
  );

/** The request was rejected, withdrawn or failed: the case can be decided anew. */
export const endApproval = (
  tx: Queryable,
  brandId: string,
  caseId: string,
  approvalId: string,
): Promise<CaseRecord | undefined> =>
  one(
    tx,
    `update risk_cases set approval_id = null, revision = revision + 1, changed_at = now()
     where brand_id = $1 and case_id = $2 and approval_id = $3 and state <> 'decided' returning ${COLUMNS}`,
    [brandId, caseId, approvalId],
  );

export interface Verdict {
  readonly decision: CaseDecision;
  readonly reason: string;
  readonly playerMessage?: string | undefined;
  readonly by: Actor;
  readonly jobId?: string;
}

/**
 * Decides a case, once. Guarded by the revision that was looked at, or by the request that a second person agreed to.
 * @returns undefined when the case has moved on.
 */
export const closeCase = (
  tx: Queryable,
  brandId: string,
  caseId: string,
  guard: { revision: number } | { approvalId: string },
  { decision, reason, playerMessage, by, jobId }: Verdict,
): Promise<CaseRecord | undefined> =>
  one(
    tx,
    `update risk_cases set state = 'decided', decision = $4, decision_reason = $5, player_message = $6, decided_by = $7,
       job_id = $8, decided_at = now(), changed_at = now(), revision = revision + 1
     where brand_id = $1 and case_id = $2 and state <> 'decided'
       and ${'revision' in guard ? 'revision = $3::int and approval_id is null' : 'approval_id = $3::uuid'}
     returning ${COLUMNS}`,
    [
      brandId,
      caseId,
      'revision' in guard ? guard.revision : guard.approvalId,
      decision,
      reason,
      playerMessage ?? null,
      JSON.stringify(by),
      jobId ?? null,
    ],
  );

/** Decided cases that nothing has come of yet, the oldest first. @param aside ids of those to leave out. */
export const findUnsettled = (db: Queryable, aside: readonly string[], most: number): Promise<CaseRecord[]> =>
  many(
    db,
    `select ${COLUMNS} from risk_cases where state = 'decided' and effects is null and case_id <> all($1::uuid[])
     order by decided_at limit $2`,
    [aside, most],
  );

export type CaseEffect = NonNullable<RiskCase['effects']>[number];

/** Keeps what deciding came to; whoever is first says it. */
export const settleCase = (
  tx: Queryable,
  { brandId, id }: CaseRecord,
  effects: readonly CaseEffect[],
): Promise<CaseRecord | undefined> =>
  one(
    tx,
    `update risk_cases set effects = $3, changed_at = now()
     where brand_id = $1 and case_id = $2 and effects is null returning ${COLUMNS}`,
    [brandId, id, JSON.stringify(effects)],
  );

export async function insertNote(
  tx: Queryable,
  brandId: string,
  caseId: string,
  author: Actor,
  text: string,
): Promise<CaseNote> {
  const id = newId();
  const { rows } = await tx.query<{ created_at: Date }>(
    `insert into risk_case_notes (brand_id, case_id, note_id, author, text, created_at)
     values ($1, $2, $3, $4, $5, now()) returning created_at`,
    [brandId, caseId, id, JSON.stringify(author), text],
  );
  return { id, author, text, createdAt: rows[0]!.created_at.toISOString() };
}

/** Oldest first. */
export async function findNotes(
  db: Queryable,
  brandId: string,
  caseId: string,
  most: number,
): Promise<CaseNote[]> {
  const { rows } = await db.query<Omit<CaseNote, 'createdAt'> & { createdAt: Date }>(
    `select note_id as id, author, text, created_at as "createdAt" from risk_case_notes
     where brand_id = $1 and case_id = $2 order by note_id limit $3`,
    [brandId, caseId, most],
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
