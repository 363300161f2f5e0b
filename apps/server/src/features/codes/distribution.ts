import type { BatchStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import { upsertInline } from '../players/index.ts';
import { type By, batchNotFound, type CodeRecord, codeNotFound, eventData } from './code.ts';
import { findBatch } from './store/batches.ts';
import { findCode, findCodes } from './store/codes.ts';
import { type Bound, bindCode, drawCodes } from './store/distribution.ts';

/** Giving codes to players. A code given to a player can be used by that player alone. */
export function createDistribution(db: Database) {
  const ensure = (tx: Queryable, brandId: string, players: readonly string[]) =>
    upsertInline(
      tx,
      players.map((externalId) => ({ brandId, externalId, details: {} })),
    );

  async function draw(
    by: By,
    batchId: string,
    players: readonly string[],
    busy: 'skip' | 'wait',
  ): Promise<Result<CodeRecord[]>> {
    return db.transaction(async (tx): Promise<Result<CodeRecord[]>> => {
      await ensure(tx, by.brandId, players);
      const holders = players.map((player) => playerId(by.brandId, player));
      const bound = await drawCodes(tx, batchId, holders, busy);
      if (bound.length < players.length) return tooFew(bound.length);
      return ok(await recordBound(tx, by, batchId, bound));
    });
  }

  return {
    /**
     * A code that nobody has yet for each player, or none at all (`codes_run_out`). Two draws never give the same code.
     * @param players platform ids.
     */
    async draw(by: By, batchId: string, players: readonly string[]): Promise<Result<CodeRecord[]>> {
      if (new Set(players).size < players.length)
        return refuse('invalid_request', 'players: a player is named twice', [
          { field: 'players', reason: 'a player is named twice' },
        ]);
      const batch = await findBatch(db, by.brandId, batchId);
      if (!batch) return batchNotFound();
      if (batch.status !== 'ready') return notHandedOut(batch.status);
      const quick = await draw(by, batchId, players, 'skip');
      return quick.ok ? quick : draw(by, batchId, players, 'wait');
    },

    /** Binds one code to one player; again for the same player is no change. */
    bind: (by: By, codeId: string, player: string): Promise<Result<CodeRecord[]>> =>
      db.transaction(async (tx): Promise<Result<CodeRecord[]>> => {
        const code = await findCode(tx, by.brandId, codeId);
        if (!code) return codeNotFound();
        const holderId = playerId(by.brandId, player);
        if (code.holderId === holderId) return ok([code]);
        const batch = code.batchId === null ? undefined : await findBatch(tx, by.brandId, code.batchId);
        if (batch && batch.status !== 'ready') return notHandedOut(batch.status);
        await ensure(tx, by.brandId, [player]);
        if (!(await bindCode(tx, { codeKey: codeId, holderId }))) return notFree(code);
        return ok(await recordBound(tx, by, code.madeIn, [{ codeKey: codeId, holderId }]));
      }),
  };
}

async function recordBound(
  tx: Queryable,
  { brandId, actor, requestId }: By,
  batchId: string,
  bound: readonly Bound[],
): Promise<CodeRecord[]> {
  const codes = await findCodes(
    tx,
    brandId,
    bound.map(({ codeKey }) => codeKey),
  );
  const origin = { brandId, actor, correlationId: requestId, time: new Date().toISOString() };
  await publish(
    tx,
    origin,
    codes.map((code) => ({
      type: 'code.distributed',
      subject: `code/${code.codeId}`,
      data: { ...eventData(code), player: code.holder },
    })),
  );
  await audit(tx, {
    brandId,
    actor,
    requestId,
    action: 'codes.distributed',
    targetKind: 'batch',
    targetId: batchId,
    after: { codes: codes.map(({ codeId, holder }) => ({ codeId, player: holder })) },
  });
  return codes;
}

const notHandedOut = (status: BatchStatus) =>
  refuse('conflict', `The batch is ${status}, so no codes are handed out.`);

const tooFew = (free: number) =>
  refuse('conflict', `The batch has only ${free} codes left that nobody has; none was handed out.`);

function notFree(code: CodeRecord) {
  if (code.kind === 'shared') return refuse('conflict', 'A shared code is for everybody.');
  if (code.holderId !== null) return refuse('conflict', 'Another player has this code.');
  return refuse('conflict', `The code is ${code.state}, or was used: it cannot be handed out.`);
}
