import { z } from 'zod';
import type { Database, Transaction } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import { interrupted, type JobKind, type JobRun, type Outcome } from '../../../platform/jobs/index.ts';
import { publish } from '../../../platform/outbox.ts';
import { upsertInline } from '../../players/index.ts';
import { findBatch, findPlan, moveBatch } from '../store/batches.ts';
import { type BatchTerms, createLanding, storeChunk } from '../store/generated.ts';
import { undoBatch } from '../undo.ts';
import { type CodeMaker, startMaker } from './maker.ts';

/** What the codes of a batch are to be: kept with the batch until they are made. */
export const GenerationPlan = z.object({
  pattern: z.string(),
  alphabet: z.string().nullable(),
  allowOffensive: z.boolean(),
  maxUses: z.int(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** Platform ids of the players, one code for each; null for codes anyone may use. */
  holders: z.array(z.string()).nullable(),
});
export type GenerationPlan = z.infer<typeof GenerationPlan>;

export interface GenerationInput {
  batchId: string;
}
interface Checkpoint {
  /** Codes drawn so far, those included that were taken: the position of the next one. */
  drawn: number;
  /** Holders that have their code. */
  served: number;
}

type Run = JobRun<GenerationInput, Checkpoint>;

/** Codes of one transaction: enough to be quick, few enough that memory, and what a cancel waits for, stay small. */
const CHUNK = 20_000;
const HOLDERS_AT_ONCE = 5_000;

/** With room for a thousand times as many codes a chunk that stores nothing does not happen by chance. */
const NO_ROOM = 'Every code of the pattern that was drawn is taken already. Choose a longer one.';

export function generationJob(db: Database, secretKey: Uint8Array): JobKind<GenerationInput, Checkpoint> {
  return {
    async run(job) {
      const batch = await findBatch(db, job.brandId, job.input.batchId);
      const plan = GenerationPlan.safeParse(await findPlan(db, job.input.batchId));
      if (batch?.status !== 'making' || !plan.success)
        return { outcome: 'failed', reason: 'The batch is not waiting to be made.' };
      const maker = startMaker({
        secretKey,
        brandId: job.brandId,
        choice: plan.data,
        allowOffensive: plan.data.allowOffensive,
      });
      try {
        const terms: BatchTerms = { ...plan.data, ...batch, kind: batch.codeKind };
        return plan.data.holders === null
          ? await makeUnique(job, maker, terms, batch.requested ?? 0)
          : await makePersonal(job, maker, terms, plan.data.holders);
      } finally {
        await maker.close();
      }
    },
    undo: (job, why) => undoBatch(db, job, why),
  };
}

/** While PostgreSQL stores one chunk the thread makes the next. */
async function makeUnique(job: Run, maker: CodeMaker, terms: BatchTerms, count: number): Promise<Outcome> {
  let ahead: Promise<Uint8Array> | undefined;
  while (job.done < count) {
    const chunk = await (ahead ?? maker.make({ count: Math.min(CHUNK, count - job.done) }));
    const beyond = count - job.done - CHUNK;
    ahead = beyond > 0 ? maker.make({ count: Math.min(CHUNK, beyond) }) : undefined;
    const before = job.done;
    const drawn = job.checkpoint?.drawn ?? 0;
    const goOn = await job.step(async (tx) => {
      await createLanding(tx);
      const { stored } = await storeChunk(tx, terms, chunk, drawn, count - before);
      return { done: before + stored, checkpoint: { drawn: drawn + CHUNK, served: 0 } };
    });
    if (!goOn) return interrupted;
    if (job.done === before) return { outcome: 'failed', reason: NO_ROOM };
  }
  return made(job, terms, count);
}

async function makePersonal(
  job: Run,
  maker: CodeMaker,
  terms: BatchTerms,
  holders: readonly string[],
): Promise<Outcome> {
  for (let served = job.checkpoint?.served ?? 0; served < holders.length; served += HOLDERS_AT_ONCE) {
    const some = holders.slice(served, served + HOLDERS_AT_ONCE);
    const done = served + some.length;
    const before = job.checkpoint?.drawn ?? 0;
    const goOn = await job.step(async (tx) => {
      const drawn = await serve(tx, maker, terms, some, before);
      return { done, checkpoint: { drawn, served: done } };
    });
    if (!goOn) return interrupted;
  }
  return made(job, terms, holders.length);
}

/**
 * Gives every one of these players a code, drawing again for those whose code was taken.
 * @returns the codes drawn so far, `drawn` of them before.
 */
async function serve(
  tx: Transaction,
  maker: CodeMaker,
  terms: BatchTerms,
  externalIds: readonly string[],
  drawn: number,
): Promise<number> {
  const { brandId } = terms;
  await upsertInline(
    tx,
    externalIds.map((externalId) => ({ brandId, externalId, details: {} })),
  );
  await createLanding(tx);
  let position = drawn;
  let waiting = externalIds.map((externalId) => playerId(brandId, externalId));
  while (waiting.length > 0) {
    const chunk = await maker.make({ count: waiting.length, holders: waiting });
    const { holders } = await storeChunk(tx, terms, chunk, position, waiting.length);
    position += waiting.length;
    if (holders.length === 0) throw new Error(NO_ROOM);
    const served = new Set(holders);
    waiting = waiting.filter((holder) => !served.has(holder));
  }
  return position;
}

const made = (job: Run, terms: BatchTerms, count: number): Outcome => ({
  outcome: 'finished',
  async write(tx) {
    const { batchId, campaignId, brandId, kind } = terms;
    if (!(await moveBatch(tx, batchId, 'making', 'ready', { size: count })))
      throw new Error(`batch ${batchId} is not being made`);
    const origin = {
      brandId,
      actor: job.actor,
      correlationId: job.jobId,
      time: new Date().toISOString(),
    };
    await publish(tx, origin, [
      { type: 'code.generated', subject: `batch/${batchId}`, data: { batchId, campaignId, kind, count } },
    ]);
    return { batchId, codes: count };
  },
});
