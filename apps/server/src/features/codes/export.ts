import { Readable } from 'node:stream';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import { csvLine } from '../../platform/csv.ts';
import type { Database } from '../../platform/db.ts';
import { loadLive } from '../campaigns/index.ts';
import { type By, batchNotFound, campaignNotFound } from './code.ts';
import type { Sealing } from './sealing.ts';
import { findBatch } from './store/batches.ts';
import { type ExportedCode, nextExported, type Selection } from './store/exported.ts';

const AT_ONCE = 1_000;
const HEADER = ['code', 'kind', 'holder', 'max_uses', 'starts_at', 'ends_at', 'state', 'uses'];

/** Codes in full, as CSV that can be imported again. */
export function createExport(db: Database, sealing: Sealing) {
  async function stream(
    by: By,
    target: { kind: string; id: string },
    selection: Selection,
  ): Promise<Readable> {
    await audit(db, {
      brandId: by.brandId,
      actor: by.actor,
      requestId: by.requestId,
      action: 'codes.exported',
      targetKind: target.kind,
      targetId: target.id,
    });
    return Readable.from(lines(db, sealing, selection), { objectMode: false });
  }

  return {
    async ofBatch(by: By, batchId: string): Promise<Result<Readable>> {
      const batch = await findBatch(db, by.brandId, batchId);
      if (!batch) return batchNotFound();
      if (batch.status !== 'ready' && batch.status !== 'disabled')
        return refuse('conflict', `The batch is ${batch.status}, so there is nothing to export.`);
      const { brandId, campaignId } = batch;
      return ok(await stream(by, { kind: 'batch', id: batchId }, { brandId, campaignId, batchId }));
    },

    /** Batches that are still being made are left out. */
    async ofCampaign(by: By, campaignId: string): Promise<Result<Readable>> {
      const [campaign] = await loadLive(db, [campaignId]);
      if (campaign?.brandId !== by.brandId) return campaignNotFound();
      const selection = { brandId: by.brandId, campaignId, batchId: null };
      return ok(await stream(by, { kind: 'campaign', id: campaignId }, selection));
    },
  };
}

/** Reads page by page, so that memory stays small and a slow reader holds no connection. */
async function* lines(db: Database, sealing: Sealing, selection: Selection): AsyncGenerator<string> {
  yield csvLine(HEADER);
  let after: ExportedCode | undefined;
  do {
    const codes = await nextExported(db, selection, after, AT_ONCE);
    yield codes.map((code) => lineOf(code, sealing)).join('');
    after = codes.length === AT_ONCE ? codes.at(-1) : undefined;
  } while (after);
}

function lineOf(code: ExportedCode, sealing: Sealing): string {
  const text = code.sharedText ?? (code.sealedText ? sealing.open(code.sealedText) : '');
  return csvLine([
    text,
    code.kind,
    code.holder,
    code.maxUses,
    code.startsAt?.toISOString() ?? null,
    code.endsAt?.toISOString() ?? null,
    code.state,
    code.uses,
  ]);
}
