import { Readable } from 'node:stream';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import { loadLive } from '../campaigns/index.ts';
import { type By, batchNotFound, campaignNotFound } from './code.ts';
import { EXPORT_HEADER, exportLine } from './csv.ts';
import { sealedLines } from './sealed/export.ts';
import type { Sealing } from './sealing.ts';
import { findBatch } from './store/batches.ts';
import { type ExportedCode, nextExported, type Selection } from './store/exported.ts';
import { listSealed } from './store/sealed.ts';

const AT_ONCE = 1_000;

/** Codes in full, as CSV that can be imported again. */
export function createExport(db: Database, secretKey: Uint8Array, sealing: Sealing) {
  async function stream(
    by: By,
    target: { kind: string; id: string },
    parts: readonly AsyncIterable<string>[],
  ): Promise<Readable> {
    await audit(db, {
      brandId: by.brandId,
      actor: by.actor,
      requestId: by.requestId,
      action: 'codes.exported',
      targetKind: target.kind,
      targetId: target.id,
    });
    return Readable.from(withHeader(parts), { objectMode: false });
  }

  return {
    async ofBatch(by: By, batchId: string): Promise<Result<Readable>> {
      const batch = await findBatch(db, by.brandId, batchId);
      if (!batch) return batchNotFound();
      if (batch.status !== 'ready' && batch.status !== 'disabled')
        return refuse('conflict', `The batch is ${batch.status}, so there is nothing to export.`);
      const { brandId, campaignId } = batch;
      const sealed = (await listSealed(db, brandId)).find((other) => other.batchId === batchId);
      const lines = sealed
        ? sealedLines(db, secretKey, sealed)
        : storedLines(db, sealing, { brandId, campaignId, batchId });
      return ok(await stream(by, { kind: 'batch', id: batchId }, [lines]));
    },

    /** Batches that are still being made are left out. */
    async ofCampaign(by: By, campaignId: string): Promise<Result<Readable>> {
      const { brandId } = by;
      const [campaign] = await loadLive(db, [campaignId]);
      if (campaign?.brandId !== brandId) return campaignNotFound();
      const sealed = (await listSealed(db, brandId)).filter((batch) => batch.campaignId === campaignId);
      const parts = [
        storedLines(db, sealing, { brandId, campaignId, batchId: null }),
        ...sealed.map((batch) => sealedLines(db, secretKey, batch)),
      ];
      return ok(await stream(by, { kind: 'campaign', id: campaignId }, parts));
    },
  };
}

async function* withHeader(parts: readonly AsyncIterable<string>[]): AsyncGenerator<string> {
  yield EXPORT_HEADER;
  for (const part of parts) yield* part;
}

/** Reads page by page, so that memory stays small and a slow reader holds no connection. */
async function* storedLines(db: Database, sealing: Sealing, selection: Selection): AsyncGenerator<string> {
  let after: ExportedCode | undefined;
  do {
    const codes = await nextExported(db, selection, after, AT_ONCE);
    yield codes.map((code) => exportLine({ ...code, text: textOf(code, sealing) })).join('');
    after = codes.length === AT_ONCE ? codes.at(-1) : undefined;
  } while (after);
}

const textOf = ({ sharedText, sealedText }: ExportedCode, sealing: Sealing): string =>
  sharedText ?? (sealedText ? sealing.open(sealedText) : '');
