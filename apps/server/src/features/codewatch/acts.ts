import type { Approval } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import type { Approvals } from '../approvals/index.ts';
import type { TakeBacks } from '../casedesk/index.ts';
import { type By, type CodeRecord, type CodesService, findCode } from '../codes/index.ts';

const TAKE_BACK = 'code.take_back';
const Payload = z.object({ codeId: z.uuid(), reason: z.string() });

/** As many as one batch of personal codes takes. */
const MOST_PLAYERS = 50_000;

export interface Reissued {
  readonly batchId: string;
  readonly players: number;
}

export interface Acts {
  /** Disables a code; one that is disabled already stays as it is. */
  freeze(codeId: string, reason: string, by: By): Promise<Result<CodeRecord>>;
  /** Asks a second person whether all that a code gave is taken back. */
  askToTakeBack(codeId: string, reason: string, by: By): Promise<Result<Approval>>;
  /** Gives fresh codes to who holds an unused one of the same batch, once. */
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

  /** Disables what the players are to use no more. */
  async function disableOld(
    tx: Queryable,
    by: By,
    code: CodeRecord,
    reason: string,
  ): Promise<Result<unknown>> {
    const done =
      code.batchId === null
        ? await codes.disableIn(tx, by, code.codeId, reason)
        : await codes.disableBatchIn(tx, by, code.batchId, reason);
    if (done.ok) return done;
    const isDisabled = await wasDisabled(tx, code);
    return isDisabled ? ok(null) : done;
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
        const before = await claim(tx, by, code);
        if (before) return ok({ ...before, created: false });
        const holders = await findUntouched(tx, code);
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
        const old = await disableOld(tx, by, code, reason);
        if (!old.ok) return old;
        const { batchId } = fresh.value;
        await tx.query(
          'update code_reissues set batch_id = $3, players = $4 where brand_id = $1 and made_from = $2',
          [by.brandId, code.madeIn, batchId, holders.length],
        );
        return ok({ batchId, players: holders.length, created: true });
      });
      if (done.ok) wake();
      return done;
    },
  };
}

/** @returns what was made of the batch before; undefined when it is the caller's to do. Of two at once, one does it. */
async function claim(
  tx: Queryable,
  { brandId, actor }: By,
  { madeIn }: CodeRecord,
): Promise<Reissued | undefined> {
  const { rowCount } = await tx.query(
    `insert into code_reissues (brand_id, made_from, batch_id, players, created_by, created_at)
     values ($1, $2, $2, 0, $3, now()) on conflict do nothing`,
    [brandId, madeIn, JSON.stringify(actor)],
  );
  if (rowCount === 1) return undefined;
  const { rows } = await tx.query<Reissued>(
    'select batch_id as "batchId", players from code_reissues where brand_id = $1 and made_from = $2',
    [brandId, madeIn],
  );
  return rows[0];
}

/** Players who hold a code of the same making that works and that was never taken, also not to be taken back. Each once. */
async function findUntouched(tx: Queryable, { brandId, campaignId, madeIn }: CodeRecord): Promise<string[]> {
  const { rows } = await tx.query<{ player: string }>(
    `select p.external_id as player from codes c join players p on p.player_id = c.holder_id
     where c.brand_id = $1 and c.campaign_id = $2 and c.batch_id = $3 and c.uses = 0 and c.reserved = 0
       and c.state <> 'expired' and (c.ends_at is null or c.ends_at > now())
       and not exists (select from activations a where a.code_key = c.code_key and a.decided <> 'refused')
     group by p.external_id order by min(c.position) limit ${MOST_PLAYERS + 1}`,
    [brandId, campaignId, madeIn],
  );
  return rows.map(({ player }) => player);
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

async function wasDisabled(tx: Queryable, { codeId, batchId }: CodeRecord): Promise<boolean> {
  const { rows } = await tx.query<{ disabled: boolean }>(
    batchId === null
      ? `select state = 'disabled' as disabled from codes where code_key = $1`
      : `select status = 'disabled' as disabled from code_batches where batch_id = $1`,
    [batchId ?? codeId],
  );
  return rows[0]?.disabled === true;
}

const nobodyUntouched = refuse('conflict', 'Nobody holds a code of it that works and has not been used.');
const tooMany = refuse(
  'conflict',
  `More than ${MOST_PLAYERS} players hold unused codes of it: make their codes in several batches.`,
);
