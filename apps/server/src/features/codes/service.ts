import { lookUpForms, type NormalisedCode } from '@promosmith/core/codes';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { createBatches } from './batches.ts';
import { createChanges } from './changes.ts';
import type { CodeRecord } from './code.ts';
import { codeKey } from './code-key.ts';
import { disablingJob } from './disabling.ts';
import { createDistribution } from './distribution.ts';
import { createDrawIn } from './draw-in.ts';
import { createExport } from './export.ts';
import { generationJob } from './generation/job.ts';
import { createImport } from './import/index.ts';
import { importJob } from './import/job.ts';
import { createSealing } from './sealing.ts';
import { createSingles } from './singles.ts';
import { type BatchRecord, findBatch } from './store/batches.ts';
import { findCodes, sealedTexts } from './store/codes.ts';
import { allBadLines } from './store/imports.ts';

/** Everything that can be done with codes, put together from one file per subject. */
export function createCodesService(
  { config, db, secrets }: Pick<Platform, 'config' | 'db' | 'secrets'>,
  { brands, approvals, jobs }: { brands: Brands; approvals: Approvals; jobs: Jobs },
) {
  const generation = jobs.define('codes.generate', generationJob(db, config.secretKey));
  const disabling = jobs.define('codes.disable', disablingJob(db));
  const importing = jobs.define('codes.import', importJob(db, secrets));

  const others = { brands, approvals, jobs };
  const sealing = createSealing(secrets);
  const singles = createSingles(db, secrets, sealing);
  const changes = createChanges(db, brands, approvals);
  const batches = createBatches(db, others, { generation, disabling });
  const distribution = createDistribution(db);
  const inTransactions = createDrawIn(sealing);
  const files = createImport(db, secrets, others, importing);
  const exports = createExport(db, sealing);

  return {
    create: singles.create,
    disable: changes.disable,
    disableIn: changes.disableIn,
    raise: changes.raise,
    draw: distribution.draw,
    bind: distribution.bind,
    drawIn: inTransactions.drawIn,
    drawOfCampaign: inTransactions.drawOfCampaign,
    textsIn: inTransactions.textsIn,
    findBatch: (brandId: string, batchId: string) => findBatch(db, brandId, batchId),
    checkPattern: batches.check,
    requestBatch: batches.request,
    requestBatchIn: batches.requestIn,
    disableBatch: batches.disable,
    disableHeldOfBatchIn: batches.disableHeldIn,
    import: files.import,
    importReport: files.report,
    badLines: (batchId: string) => allBadLines(db, batchId),
    exportBatch: exports.ofBatch,
    exportCampaign: exports.ofCampaign,

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
    async lookUp(brandId: string, typed: NormalisedCode): Promise<CodeRecord | undefined> {
      const keys = lookUpForms(typed).map((form) => codeKey(secrets, brandId, form));
      return (await findCodes(db, brandId, keys))[0];
    },

    /** The texts of codes in full, by id: for callers who may see them. */
    async texts(codes: readonly CodeRecord[]): Promise<Map<string, string>> {
      const sealed = await sealedTexts(
        db,
        codes.map(({ codeId }) => codeId),
      );
      return new Map([...sealed].map(([codeId, text]) => [codeId, sealing.open(text)]));
    },
  };
}

export type CodesService = ReturnType<typeof createCodesService>;
