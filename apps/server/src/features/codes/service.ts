import { ok, type Result } from '@promosmith/core';
import { lookUpForms, type NormalisedCode } from '@promosmith/core/codes';
import type { Queryable } from '../../platform/db.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { createBatches } from './batches.ts';
import { createChanges } from './changes.ts';
import { type By, type CodeRecord, codeNotFound } from './code.ts';
import { codeKey } from './code-key.ts';
import { createDisabling } from './disabling.ts';
import { createDistribution } from './distribution.ts';
import { createExport } from './export.ts';
import { checkChoice } from './generation/choice.ts';
import { generationJob } from './generation/job.ts';
import { createImport } from './import/index.ts';
import { isOver } from './lifetime.ts';
import { type SealedCode, sealedRecord } from './sealed/code.ts';
import { createSealedOpener } from './sealed/opener.ts';
import { createSealing } from './sealing.ts';
import { createSingles } from './singles.ts';
import { type BatchRecord, findBatch } from './store/batches.ts';
import { findCodes, sealedTexts } from './store/codes.ts';
import { allBadLines } from './store/imports.ts';
import { storeSealed } from './store/sealed.ts';

/** Everything that can be done with codes, put together from one file per subject. */
export function createCodesService(
  { config, db, secrets }: Pick<Platform, 'config' | 'db' | 'secrets'>,
  others: { brands: Brands; approvals: Approvals; jobs: Jobs },
) {
  const { jobs } = others;
  const sealing = createSealing(secrets);
  const sealed = createSealedOpener(db, secrets);
  const generation = jobs.define('codes.generate', generationJob(db, config.secretKey));

  const singles = createSingles(db, secrets, sealing, sealed);
  const changes = createChanges(db, others, sealing);
  const batches = createBatches(db, others, generation);
  const disabling = createDisabling(db, jobs);
  const distribution = createDistribution(db, sealed, sealing);
  const files = createImport(db, secrets, others, sealed);
  const exports = createExport(db, config.secretKey, sealing);

  async function stored(brandId: string, typed: NormalisedCode): Promise<CodeRecord | undefined> {
    const keys = lookUpForms(typed).map((form) => codeKey(secrets, brandId, form));
    return (await findCodes(db, brandId, keys))[0];
  }

  return {
    create: singles.create,
    disable: changes.disable,
    raise: changes.raise,
    draw: distribution.draw,
    bind: distribution.bind,
    checkPattern: checkChoice,
    requestBatch: batches.request,
    disableBatch: disabling.disable,
    import: files.import,
    importReport: files.report,
    badLines: (batchId: string) => allBadLines(db, batchId),
    exportBatch: exports.ofBatch,
    exportCampaign: exports.ofCampaign,
    /** The code of a sealed batch a typed text is, if it is one: asked when no code has a row under its keys. */
    openSealed: sealed.open,
    /** Gives sealed codes their rows, in the transaction that uses them; those that have one keep it. */
    storeSealed: (tx: Queryable, codes: readonly SealedCode[]) => storeSealed(tx, sealing, codes),

    /** The batch once its making has ended, well or not. */
    async whenMade(
      brandId: string,
      batch: BatchRecord,
      onProgress?: (done: number) => void,
    ): Promise<BatchRecord> {
      if (batch.jobId !== null) await jobs.untilEnded(brandId, batch.jobId, onProgress);
      return (await findBatch(db, brandId, batch.batchId)) ?? batch;
    },

    /** The code a typed text means, the likeliest meaning first. */
    async lookUp(brandId: string, typed: NormalisedCode): Promise<Result<CodeRecord>> {
      const found = await stored(brandId, typed);
      if (found) return ok(found);
      const code = await sealed.open(brandId, typed);
      return code ? ok(sealedRecord(code, await isOver(db, code.endsAt))) : codeNotFound();
    },

    /** Disables the code a typed text means: the way to one that has no row yet. */
    async disableTyped(by: By, typed: NormalisedCode, reason: string): Promise<Result<CodeRecord>> {
      const found = await stored(by.brandId, typed);
      if (found) return changes.disable(by, found.codeId, reason);
      const code = await sealed.open(by.brandId, typed);
      return code ? changes.disableSealed(by, code, reason) : codeNotFound();
    },

    /** The texts of codes in full, by id: for callers who may see them. */
    async texts(codes: readonly CodeRecord[]): Promise<Map<string, string>> {
      const texts = await sealedTexts(
        db,
        codes.map(({ codeId }) => codeId),
      );
      return new Map([...texts].map(([codeId, text]) => [codeId, sealing.open(text)]));
    },
  };
}

export type CodesService = ReturnType<typeof createCodesService>;
