import { ok, type Result, refuse } from '@promosmith/core';
import { codeLifecycle, move } from '@promosmith/core/lifecycle';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { type By, type CodeRecord, codeNotFound } from './code.ts';
import { recordCode } from './recording.ts';
import { disableCode, findCode, raiseLimit } from './store/codes.ts';

const RAISE = 'code.raise_limit';
const Raise = z.object({ codeId: z.uuid(), maxUses: z.int() });

/** A raised code, or the request that has to be decided first. */
export interface Raised {
  code: CodeRecord;
  approvalId: string | null;
}

/** Changes of one code: disabling it, raising its limit. */
export function createChanges(db: Database, brands: Brands, approvals: Approvals) {
  async function disable(tx: Queryable, by: By, codeId: string, reason: string): Promise<Result<CodeRecord>> {
    const before = await findCode(tx, by.brandId, codeId);
    if (!before) return codeNotFound();
    // An exhausted code may get uses back, so it can be disabled like the active one it is stored as.
    const disabled = move(codeLifecycle, before.storedState, 'disabled', ['reason']);
    if (!disabled.ok) return disabled;
    if (!(await disableCode(tx, codeId, reason))) return disable(tx, by, codeId, reason);
    const after = { ...before, state: 'disabled', storedState: 'disabled', disabledReason: reason } as const;
    await recordCode(tx, by, { action: 'code.disabled', type: 'code.disabled', before, after, reason });
    return ok(after);
  }

  async function raise(tx: Queryable, by: By, codeId: string, maxUses: number): Promise<Result<CodeRecord>> {
    const before = await findCode(tx, by.brandId, codeId);
    if (!before) return codeNotFound();
    const raisable = checkRaise(before, maxUses);
    if (!raisable.ok) return raisable;
    if (!(await raiseLimit(tx, codeId, maxUses))) return raise(tx, by, codeId, maxUses);
    const after = await findCode(tx, by.brandId, codeId);
    if (!after) throw new Error(`code ${codeId} vanished`);
    await recordCode(tx, by, { action: 'code.limit_raised', before, after });
    return ok(after);
  }

  approvals.register(RAISE, {
    approved(tx, { brandId, payload }, { actor, requestId }) {
      const { codeId, maxUses } = Raise.parse(payload);
      return raise(tx, { brandId, actor, requestId: requestId ?? newId() }, codeId, maxUses);
    },
  });

  async function askToRaise(tx: Queryable, by: By, codeId: string, maxUses: number): Promise<Result<Raised>> {
    const code = await findCode(tx, by.brandId, codeId);
    if (!code) return codeNotFound();
    const raisable = checkRaise(code, maxUses);
    if (!raisable.ok) return raisable;
    const asked = await approvals.request(tx, {
      brandId: by.brandId,
      kind: RAISE,
      subject: `code/${codeId}`,
      payload: { codeId, maxUses } satisfies z.infer<typeof Raise>,
      summary: `Raise the limit of a ${code.kind} code from ${code.maxUses} to ${maxUses}`,
      requestedBy: by.actor,
      requestId: by.requestId,
    });
    return asked.ok ? ok({ code, approvalId: asked.value.approvalId }) : asked;
  }

  return {
    /** For good. @param reason kept with the code and told in its event. */
    disable: (by: By, codeId: string, reason: string): Promise<Result<CodeRecord>> =>
      db.transaction((tx) => disable(tx, by, codeId, reason)),

    /** The same in the caller's transaction. */
    disableIn: disable,

    raise: (by: By, codeId: string, maxUses: number): Promise<Result<Raised>> =>
      db.transaction(async (tx): Promise<Result<Raised>> => {
        const { limitRaises } = (await brands.read(tx, by.brandId)).settings.approvals;
        if (limitRaises === 'always') return askToRaise(tx, by, codeId, maxUses);
        const raised = await raise(tx, by, codeId, maxUses);
        return raised.ok ? ok({ code: raised.value, approvalId: null }) : raised;
      }),
  };
}

function checkRaise(code: CodeRecord, maxUses: number): Result<unknown> {
  if (code.kind === 'unique') return refuse('limit_fixed', 'A unique code is used once.');
  if (code.maxUses === null) return refuse('limit_fixed', 'The code has no limit of its own.');
  if (code.state === 'expired' || code.state === 'disabled')
    return refuse(
      'state_move_not_allowed',
      `The code is ${code.state}: a higher limit would change nothing.`,
    );
  if (maxUses > code.maxUses) return ok(undefined);
  const reason = `is not above the limit it has, ${code.maxUses}`;
  return refuse('invalid_request', `maxUses: ${reason}`, [{ field: 'maxUses', reason }]);
}
