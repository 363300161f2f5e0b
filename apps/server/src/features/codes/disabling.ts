import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { interrupted, type JobKind, type Jobs } from '../../platform/jobs/index.ts';
import { publish } from '../../platform/outbox.ts';
import { type By, batchNotFound } from './code.ts';
import { auditBatch } from './recording.ts';
import { type BatchRecord, disableSomeCodes, findBatch, moveBatch } from './store/batches.ts';

interface DisablingInput {
  batchId: string;
  reason: string;
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
function disablingJob(db: Database): JobKind<DisablingInput, Checkpoint> {
  return {
    async run(job) {
      const { batchId, reason } = job.input;
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
      const disabled = job.checkpoint?.disabled ?? 0;
      // All codes of a sealed batch stop working with it; only those that were used have rows.
      const count = batch.kind === 'sealed' ? batch.size : disabled;
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
    undo: async ({ input: { batchId }, checkpoint }) => ({
      outcome: 'finished',
      async write(tx) {
        await moveBatch(tx, batchId, 'disabled', 'ready');
        return { batchId, disabled: checkpoint?.disabled ?? 0 };
      },
    }),
  };
}

/** Disabling batches. */
export function createDisabling(db: Database, jobs: Jobs) {
  const job = jobs.define('codes.disable', disablingJob(db));

  return {
    /** Starts disabling every code of a batch. From now on none is handed out. */
    async disable(by: By, batchId: string, reason: string): Promise<Result<BatchRecord>> {
      const { brandId, actor } = by;
      const disabled = await db.transaction(async (tx): Promise<Result<BatchRecord>> => {
        const before = await findBatch(tx, brandId, batchId);
        if (!before) return batchNotFound();
        const input = { batchId, reason };
        const jobId = await job.start(tx, { brandId, actor, input, total: before.size });
        if (!(await moveBatch(tx, batchId, 'ready', 'disabled', { jobId })))
          return refuse('conflict', `The batch is ${before.status}, so it cannot be disabled.`);
        const after: BatchRecord = { ...before, status: 'disabled', jobId };
        await auditBatch(tx, by, 'code_batch.disabled', after, reason);
        return ok(after);
      });
      if (disabled.ok) jobs.wake();
      return disabled;
    },
  };
}
