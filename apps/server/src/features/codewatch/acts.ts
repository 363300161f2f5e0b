import type { Approval } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import type { Approvals } from '../approvals/index.ts';
import type { TakeBacks } from '../casedesk/index.ts';
import { type By, type CodeRecord, type CodesService, findCode } from '../codes/index.ts';
import { claimReissue, findUntouched, keepReissue, type Reissued } from './reissues.ts';

const TAKE_BACK = 'code.take_back';
const Payload = z.object({ codeId: z.uuid(), reason: z.string() });

/** As many as one batch of personal codes takes. */
const MOST_PLAYERS = 50_000;

export interface Acts {
  /** Disables a code; one that is disabled already stays as it is. */
  freeze(codeId: string, reason: string, by: By): Promise<Result<CodeRecord>>;
  /** Asks a second person whether all that a code gave is taken back. */
  askToTakeBack(codeId: string, reason: string, by: By): Promise<Result<Approval>>;
  /** Gives fresh codes to who holds an unused one of the same batch: once, unless nothing came of it. */
  reissue(codeId: string, reason: string, by: By): Promise<Result<Reissued & { created: boolean }>>;
}

const codeNotFound = () => refuse('not_found', 'There is no such code.');

/** What an analyst does about a code that is out. */
export function createActs(
  db: Database,
  {
    approvals,
    codes,
    takeBacks,
    wake,
  }: { approvals: Approvals; codes: CodesService; takeBacks: TakeBacks; wake: () => void },
): Acts {
  approvals.register(TAKE_BACK, {
    async approved(tx, { brandId, payload }, { actor }) {
      const { codeId, reason } = Payload.parse(payload);
      return ok(await takeBacks.start(tx, { brandId, actor }, { codeKey: codeId, reason }));
    },
  });

  /** Disables what the players are to use no more. @returns how many codes, one more than a re-issue takes at most. */
  async function disableOld(
    tx: Queryable,
    by: By,
    code: CodeRecord,
    reason: string,
  ): Promise<Result<number>> {
    if (code.batchId !== null)
      return codes.disableHeldOfBatchIn(tx, by, code.batchId, { reason, atMost: MOST_PLAYERS + 1 });
    const done = await codes.disableIn(tx, by, code.codeId, reason);
    if (done.ok) return ok(1);
    const now = await findCode(tx, by.brandId, code.codeId);
    return now?.storedState === 'disabled' ? ok(0) : done;
  }

  return {
    async freeze(codeId, reason, by) {
      const frozen = await codes.disable(by, codeId, reason);
      if (frozen.ok) return frozen;
      const code = await findCode(db, by.brandId, codeId);
      return code?.storedState === 'disabled' ? ok(code) : frozen;
    },

    askToTakeBack: (codeId, reason, by) =>
      db.transaction(async (tx): Promise<Result<Approval>> => {
        const code = await findCode(tx, by.brandId, codeId);
        if (!code) return codeNotFound();
        return approvals.request(tx, {
          brandId: by.brandId,
          kind: TAKE_BACK,
          subject: `code/${codeId}`,
          payload: { codeId, reason } satisfies z.infer<typeof Payload>,
          summary: `Take back all that code …${code.last4} gave`,
          reason,
          requestedBy: by.actor,
          requestId: by.requestId,
        });
      }),

    async reissue(codeId, reason, by) {
      const done = await db.transaction(async (tx): Promise<Result<Reissued & { created: boolean }>> => {
        const code = await findCode(tx, by.brandId, codeId);
        if (!code) return codeNotFound();
        const before = await claimReissue(tx, by, code);
        if (before) return ok({ ...before, created: false });
        // First: from here on a player has used the old code and gets none, or gets one and uses the old code no more.
        const old = await disableOld(tx, by, code, reason);
        if (!old.ok) return old;
        if (old.value > MOST_PLAYERS) return tooMany;
        const holders = await findUntouched(tx, code, MOST_PLAYERS + 1);
        if (holders.length === 0) return nobodyUntouched;
        if (holders.length > MOST_PLAYERS) return tooMany;
        const { pattern, alphabet } = await findPattern(tx, code);
        const fresh = await codes.requestBatchIn(tx, by, code.campaignId, {
          kind: 'personal',
          holders,
          maxUses: code.maxUses ?? 1,
          ...(pattern !== null && { pattern }),
          ...(alphabet !== null && { alphabet }),
          allowOffensive: false,
          startsAt: null,
          endsAt: code.endsAt?.toISOString() ?? null,
        });
        if (!fresh.ok) return fresh;
        const reissued = { batchId: fresh.value.batchId, players: holders.length };
        await keepReissue(tx, code, reissued);
        return ok({ ...reissued, created: true });
      });
      if (done.ok) wake();
      return done;
    },
  };
}

/** What the old codes look like; null where nobody said. */
async function findPattern(
  tx: Queryable,
  { batchId }: CodeRecord,
): Promise<{ pattern: string | null; alphabet: string | null }> {
  const { rows } = await tx.query<{ pattern: string | null; alphabet: string | null }>(
    'select pattern, alphabet from code_batches where batch_id = $1',
    [batchId],
  );
  return rows[0] ?? { pattern: null, alphabet: null };
}

const nobodyUntouched = refuse('conflict', 'Nobody holds a code of it that works and has not been used.');
const tooMany = refuse(
  'conflict',
  `Players hold more than ${MOST_PLAYERS} unused codes of it: make their codes in several batches.`,
);
