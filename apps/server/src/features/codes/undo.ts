import type { Database } from '../../platform/db.ts';
import { interrupted, type JobRun, type Outcome } from '../../platform/jobs/index.ts';
import { countCodes, deleteSomeCodes, findBatch, moveBatch } from './store/batches.ts';

const AT_ONCE = 20_000;

/**
 * Takes back a batch whose making was cancelled or given up: its codes go, so that half a batch never works. A code that
 * was used meanwhile (an imported one, known outside) stays, as its bonus does.
 * @param cleanUp what else the making left behind.
 */
export async function undoBatch<Checkpoint>(
  db: Database,
  job: JobRun<{ batchId: string }, Checkpoint>,
  why: 'cancelled' | 'failed',
  cleanUp: (tx: Parameters<typeof moveBatch>[0], batchId: string) => Promise<unknown> = async () => undefined,
): Promise<Outcome> {
  const { batchId } = job.input;
  const batch = await findBatch(db, job.brandId, batchId);
  if (!batch) throw new Error(`batch ${batchId} vanished`);
  for (let deleted = batch.status === 'making' ? AT_ONCE : 0; deleted === AT_ONCE; ) {
    const goOn = await job.step(async (tx) => {
      deleted = await deleteSomeCodes(tx, batch, AT_ONCE);
      return { done: Math.max(0, job.done - deleted) };
    });
    if (!goOn) return interrupted;
  }
  return {
    outcome: 'finished',
    async write(tx) {
      const left = await countCodes(tx, batch);
      await moveBatch(tx, batchId, 'making', why, { size: left });
      await cleanUp(tx, batchId);
      return { batchId, codes: left };
    },
  };
}
