import type { BatchInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { CodePattern } from '@promosmith/core/codes';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { JobStarter, Jobs } from '../../platform/jobs/index.ts';
import { publish } from '../../platform/outbox.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { admitCodes } from './admission.ts';
import { type By, batchNotFound } from './code.ts';
import { readChoice } from './generation/choice.ts';
import type { GenerationInput, GenerationPlan } from './generation/job.ts';
import { checkRoom, chosenPattern } from './generation/pattern.ts';
import { checkLifetime } from './lifetime.ts';
import { auditBatch } from './recording.ts';
import { checkOwnPattern, checkSealable } from './sealed/own-pattern.ts';
import { type BatchRecord, findBatch, insertBatch, moveBatch, type NewBatch } from './store/batches.ts';

const GENERATE = 'codes.generate';
const Waiting = z.object({ batchId: z.uuid(), count: z.int(), kind: z.string() });

const countOf = (input: BatchInput): number =>
  input.kind === 'personal' ? input.holders.length : input.count;

/** Asking for batches of codes, and waiting for approval where the brand wants it. */
export function createBatches(
  db: Database,
  { brands, approvals, jobs }: { brands: Brands; approvals: Approvals; jobs: Jobs },
  generation: JobStarter<GenerationInput>,
) {
  approvals.register(GENERATE, {
    async approved(tx, { brandId, payload }) {
      const batch = await findBatch(tx, brandId, Waiting.parse(payload).batchId);
      return batch ? make(tx, batch) : batchNotFound();
    },
    async closed(tx, { payload }) {
      await moveBatch(tx, Waiting.parse(payload).batchId, 'pending_approval', 'rejected');
    },
  });

  async function make(tx: Queryable, batch: BatchRecord): Promise<Result<unknown>> {
    const moved = batch.kind === 'sealed' ? await seal(tx, batch) : await start(tx, batch);
    return moved ? ok(undefined) : refuse('conflict', 'The batch no longer waits for approval.');
  }

  async function start(tx: Queryable, batch: BatchRecord): Promise<boolean> {
    const { batchId, brandId, createdBy: actor } = batch;
    const total = batch.requested ?? 0;
    const jobId = await generation.start(tx, { brandId, actor, input: { batchId }, total });
    return moveBatch(tx, batchId, 'pending_approval', 'making', { jobId });
  }

  /** A sealed batch has nothing to be made: from now on its codes exist. */
  async function seal(tx: Queryable, batch: BatchRecord): Promise<boolean> {
    const { batchId, brandId, campaignId, createdBy: actor, codeKind: kind } = batch;
    const count = batch.requested ?? 0;
    const moved = await moveBatch(tx, batchId, 'pending_approval', 'ready', { size: count });
    const origin = { brandId, actor, correlationId: batchId, time: new Date().toISOString() };
    const data = { batchId, campaignId, kind, count };
    if (moved) await publish(tx, origin, [{ type: 'code.generated', subject: `batch/${batchId}`, data }]);
    return moved;
  }

  /** @returns the id of the approval to wait for, null when there is none. */
  async function ask(
    tx: Queryable,
    by: By,
    campaignId: string,
    batchId: string,
    input: BatchInput,
    threshold: number | null,
  ): Promise<Result<string | null>> {
    const count = countOf(input);
    if (threshold === null || count <= threshold) return ok(null);
    const asked = await approvals.request(tx, {
      brandId: by.brandId,
      kind: GENERATE,
      subject: `batch/${batchId}`,
      payload: { batchId, count, kind: input.kind } satisfies z.infer<typeof Waiting>,
      summary: `Make ${count} ${input.kind} codes for campaign ${campaignId}`,
      requestedBy: by.actor,
      requestId: by.requestId,
    });
    return asked.ok ? ok(asked.value.approvalId) : asked;
  }

  async function insert(
    tx: Queryable,
    by: By,
    campaignId: string,
    input: BatchInput,
    pattern: CodePattern,
    threshold: number | null,
  ): Promise<Result<BatchRecord>> {
    const checks = [
      () => admitCodes(tx, by.brandId, campaignId),
      () => checkLifetime(tx, input),
      () => checkOwnPattern(tx, by.brandId, pattern, input.kind === 'sealed'),
    ];
    for (const check of checks) {
      const checked = await check();
      if (!checked.ok) return checked;
    }
    const batchId = newId();
    const approvalId = await ask(tx, by, campaignId, batchId, input, threshold);
    if (!approvalId.ok) return approvalId;
    await insertBatch(tx, newBatch(by, campaignId, batchId, input, approvalId.value));
    const waiting = await current(tx, by, batchId);
    const made = approvalId.value === null ? await make(tx, waiting) : ok(undefined);
    if (!made.ok) return made;
    const batch = await current(tx, by, batchId);
    await auditBatch(tx, by, 'code_batch.requested', batch);
    return ok(batch);
  }

  return {
    /** Starts making codes, or asks a second person first when there are more than the brand's threshold. */
    async request(by: By, campaignId: string, input: BatchInput): Promise<Result<BatchRecord>> {
      const count = countOf(input);
      if (input.kind === 'personal' && new Set(input.holders).size < count)
        return refuse('invalid_request', 'holders: a player is named twice', [
          { field: 'holders', reason: 'a player is named twice' },
        ]);
      const read = readChoice(input);
      if (!read.ok) return read;
      const { pattern } = read.value;
      const room = checkRoom(pattern, count);
      if (!room.ok) return room;
      const sealable = input.kind === 'sealed' ? checkSealable(pattern, count) : ok(undefined);
      if (!sealable.ok) return sealable;
      const { bulkGeneration } = (await brands.settings(by.brandId)).approvals;
      const requested = await db.transaction((tx) =>
        insert(tx, by, campaignId, input, pattern, bulkGeneration),
      );
      if (requested.ok) jobs.wake();
      return requested;
    },
  };
}

async function current(tx: Queryable, by: By, batchId: string): Promise<BatchRecord> {
  const batch = await findBatch(tx, by.brandId, batchId);
  if (!batch) throw new Error(`batch ${batchId} was not stored`);
  return batch;
}

function newBatch(
  by: By,
  campaignId: string,
  batchId: string,
  input: BatchInput,
  approvalId: string | null,
): NewBatch {
  const { startsAt, endsAt, allowOffensive } = input;
  const choice = chosenPattern(input);
  return {
    batchId,
    brandId: by.brandId,
    campaignId,
    kind: input.kind === 'sealed' ? 'sealed' : 'generated',
    codeKind: input.kind === 'personal' ? 'personal' : 'unique',
    status: 'pending_approval',
    ...choice,
    startsAt,
    endsAt,
    requested: countOf(input),
    jobId: null,
    approvalId,
    createdBy: by.actor,
    plan: {
      ...choice,
      allowOffensive,
      maxUses: input.kind === 'personal' ? input.maxUses : 1,
      startsAt,
      endsAt,
      holders: input.kind === 'personal' ? input.holders : null,
    } satisfies GenerationPlan,
  };
}
