import { CodeKind } from '@promosmith/contract';
import { z } from 'zod';
import type { Database, Queryable } from '../../../platform/db.ts';
import { interrupted, type JobKind } from '../../../platform/jobs/index.ts';
import { type Origin, publish } from '../../../platform/outbox.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { type BatchRecord, findBatch, findPlan, moveBatch } from '../store/batches.ts';
import { deleteParts } from '../store/imports.ts';
import { undoBatch } from '../undo.ts';
import { readChunks } from './chunks.ts';
import { COLUMNS } from './header.ts';
import { type Counts, NOTHING, storeLines, sum } from './store-lines.ts';
import { storedFile } from './upload.ts';

/** How the lines of a kept file are to be read. */
export const ImportPlan = z.object({
  delimiter: z.string(),
  columns: z.array(z.enum(COLUMNS).nullable()),
  kind: CodeKind,
  bytes: z.int(),
});
export type ImportPlan = z.infer<typeof ImportPlan>;

export interface ImportInput {
  batchId: string;
}
interface Checkpoint extends Counts {
  /** Number of the last line that is done. */
  last: number;
}

/** A file with more bad lines is not a file of codes. Its report stays within bounds, too. */
export const MOST_BAD_LINES = 100_000;

/** Imports a kept file. When it is cancelled or fails, the codes it made are taken back, except those used meanwhile. */
export function importJob(db: Database, secrets: Secrets): JobKind<ImportInput, Checkpoint> {
  return {
    async run(job) {
      const { batchId } = job.input;
      const batch = await findBatch(db, job.brandId, batchId);
      const plan = ImportPlan.safeParse(await findPlan(db, batchId));
      if (batch?.status !== 'making' || !plan.success)
        return { outcome: 'failed', reason: 'The batch is not waiting to be imported.' };
      const HEADER = 1;
      const start = job.checkpoint?.last ?? HEADER;
      const file = storedFile(db, secrets, batchId);
      for await (const { lines, last, offset } of readChunks(file, plan.data, plan.data.kind, start)) {
        const before = job.checkpoint ?? { ...NOTHING, last };
        if (before.bad > MOST_BAD_LINES)
          return {
            outcome: 'failed',
            reason: `More than ${MOST_BAD_LINES} lines are bad: this is no file of codes.`,
          };
        const goOn = await job.step(async (tx) => {
          const counts = sum(before, await storeLines(tx, secrets, batch, lines));
          return { done: offset, checkpoint: { ...counts, last } };
        });
        if (!goOn) return interrupted;
      }
      const counts = job.checkpoint ?? NOTHING;
      return {
        outcome: 'finished',
        async write(tx) {
          const { actor, jobId } = job;
          await finishImport(tx, batch, counts, { actor, correlationId: jobId });
          await deleteParts(tx, batchId);
          return { batchId, lines: counts.lines, imported: counts.imported, bad: counts.bad };
        },
      };
    },
    undo: (job, why) => undoBatch(db, job, why, deleteParts),
  };
}

/** The batch is ready, and its event tells so. */
export async function finishImport(
  tx: Queryable,
  { batchId, brandId, campaignId, codeKind }: BatchRecord,
  { lines, imported, bad }: Counts,
  by: Pick<Origin, 'actor' | 'correlationId'>,
): Promise<void> {
  if (!(await moveBatch(tx, batchId, 'making', 'ready', { size: imported, lines, badLines: bad })))
    throw new Error(`batch ${batchId} is not being imported`);
  if (imported === 0) return;
  await publish(tx, { ...by, brandId, time: new Date().toISOString() }, [
    {
      type: 'code.generated',
      subject: `batch/${batchId}`,
      data: { batchId, campaignId, kind: codeKind, count: imported },
    },
  ]);
}
