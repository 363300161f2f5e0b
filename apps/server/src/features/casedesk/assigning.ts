import type { CaseNote } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type CaseRecord, findCase, insertNote, setAssignee } from '../cases/index.ts';
import { findAnalyst } from './colleagues.ts';
import { alreadyDecided, caseNotFound, movedOn } from './refusals.ts';

export interface Assigning {
  /**
   * Guarded by the revision that was looked at: of two at once, one gets the case.
   * @param to `me`, a member of staff, or null to put it back.
   */
  assign(
    caseId: string,
    to: string | null,
    revision: number,
    context: RequestContext,
  ): Promise<Result<CaseRecord>>;
  note(caseId: string, text: string, context: RequestContext): Promise<Result<CaseNote>>;
}

/** Who looks at a case, and what they note down. */
export const createAssigning = (db: Database): Assigning => ({
  assign: (caseId, to, revision, { caller: { brandId, actor }, requestId }) =>
    db.transaction(async (tx): Promise<Result<CaseRecord>> => {
      const found = await findCase(tx, brandId, caseId);
      if (!found) return caseNotFound();
      if (found.state === 'decided') return alreadyDecided(found);
      const assignee = to === null ? null : to === 'me' ? actor : await findAnalyst(tx, brandId, to);
      if (assignee === undefined) return notAnAnalyst;
      if ((found.assignee?.id ?? null) === (assignee?.id ?? null)) return ok(found);
      const after = await setAssignee(tx, brandId, caseId, revision, assignee);
      if (!after) return movedOn(await findCase(tx, brandId, caseId));
      await audit(tx, {
        ...{ brandId, actor, requestId },
        action: assignee ? 'case.assigned' : 'case.put_back',
        targetKind: 'case',
        targetId: caseId,
        before: { assignee: found.assignee },
        after: { assignee },
      });
      return ok(after);
    }),

  note: (caseId, text, { caller: { brandId, actor }, requestId }) =>
    db.transaction(async (tx): Promise<Result<CaseNote>> => {
      if (!(await findCase(tx, brandId, caseId))) return caseNotFound();
      const note = await insertNote(tx, brandId, caseId, actor, text);
      await audit(tx, {
        ...{ brandId, actor, requestId },
        action: 'case.noted',
        targetKind: 'case',
        targetId: caseId,
        after: { noteId: note.id, text },
      });
      return ok(note);
    }),
});

const ASSIGNEE = 'is nobody of the brand who may decide cases';
const notAnAnalyst = refuse('invalid_request', `assignee: ${ASSIGNEE}`, [
  { field: 'assignee', reason: ASSIGNEE },
]);
