import type { Database } from '../../platform/db.ts';
import { interrupted, type JobKind } from '../../platform/jobs/index.ts';
import { publish } from '../../platform/outbox.ts';
import { disableSomeCodes, findBatch, moveBatch } from './store/batches.ts';

export interface DisablingInput {
  batchId: string;
  reason: string;
  /** Codes of it that whoever started this has disabled already. */
  already?: number;
}
interface Checkpoint {
  /** Position of the last code looked at. */
  after: number;
  disabled: number;
}

const AT_ONCE = 10_000;
const BEFORE_ALL = -1;

/**
 * Disables the codes of a batch, in their order. Disabling is final, so cancelling the job only stops it: what is disabled
 * stays disabled, and the batch is ready again with what is left.
 */
export function disablingJob(db: Database): JobKind<DisablingInput, Checkpoint> {
  return {
    async run(job) {
      const { batchId, reason, already = 0 } = job.input;
      const batch = await findBatch(db, job.brandId, batchId);
      if (!batch) throw new Error(`batch ${batchId} vanished`);
      for (let more = true; more; ) {
        const from = job.checkpoint ?? { after: BEFORE_ALL, disabled: 0 };
        const looked = job.done;
        const goOn = await job.step(async (tx) => {
          const { last, disabled } = await disableSomeCodes(tx, batch, from.after, reason, AT_ONCE);
          more = last !== null;
          return {
            done: more ? Math.min(batch.size, looked + AT_ONCE) : batch.size,
            ...(last === null ? {} : { checkpoint: { after: last, disabled: from.disabled + disabled } }),
          };
        });
        if (!goOn) return interrupted;
      }
      const count = already + (job.checkpoint?.disabled ?? 0);
      return {
        outcome: 'finished',
        async write(tx) {
          const { brandId, actor, jobId } = job;
          const { campaignId, codeKind: kind } = batch;
          const origin = { brandId, actor, correlationId: jobId, time: new Date().toISOString() };
          await publish(tx, origin, [
            {
              type: 'code.disabled',
              subject: `batch/${batchId}`,
              data: { batchId, campaignId, kind, count, reason },
            },
          ]);
          return { batchId, disabled: count };
        },
      };
    },
    undo: async ({ input: { batchId, already = 0 }, checkpoint }) => ({
      outcome: 'finished',
      async write(tx) {
        await moveBatch(tx, batchId, 'disabled', 'ready');
        return { batchId, disabled: already + (checkpoint?.disabled ?? 0) };
      },
    }),
  };
}
