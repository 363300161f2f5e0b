import { randomBytes } from 'node:crypto';
import type { BatchInput, CodeStrength } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type CodePattern, createCodeGenerator, createProfanityFilter } from '@promosmith/core/codes';
import { z } from 'zod';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { JobStarter, Jobs } from '../../platform/jobs/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { admitCodes } from './admission.ts';
import { type By, batchNotFound } from './code.ts';
import type { DisablingInput } from './disabling.ts';
import type { GenerationInput, GenerationPlan } from './generation/job.ts';
import {
  checkRoom,
  chosenPattern,
  LEAST_GUESSES_PER_HIT,
  readPattern,
  strengthOf,
} from './generation/pattern.ts';
import { checkLifetime } from './lifetime.ts';
import { auditBatch } from './recording.ts';
import { type BatchRecord, disableHeldCodes, findBatch, insertBatch, moveBatch } from './store/batches.ts';

const GENERATE = 'codes.generate';
const Waiting = z.object({ batchId: z.uuid(), count: z.int(), kind: z.string() });
const EXAMPLES = 5;

type Choice = Parameters<typeof chosenPattern>[0] & { allowOffensive: boolean };

export interface PatternCheck {
  strength: CodeStrength;
  /** Whether so many codes may be made of it. */
  fits: boolean;
  examples: string[];
}

/** Batches of codes: asking for them, waiting for approval, disabling them. */
export function createBatches(
  db: Database,
  { brands, approvals, jobs }: { brands: Brands; approvals: Approvals; jobs: Jobs },
  starters: { generation: JobStarter<GenerationInput>; disabling: JobStarter<DisablingInput> },
) {
  const filter = createProfanityFilter();

  function readChoice(choice: Choice): Result<{ pattern: CodePattern; examples: string[] }> {
    const pattern = readPattern(chosenPattern(choice));
    if (!pattern.ok) return pattern;
    const generator = createCodeGenerator(
      pattern.value,
      randomBytes,
      choice.allowOffensive ? undefined : filter,
    );
    if (!generator.ok) return generator;
    return ok({ pattern: pattern.value, examples: generator.value(EXAMPLES).map(({ text }) => text) });
  }

  async function startMaking(tx: Queryable, batch: BatchRecord): Promise<Result<unknown>> {
    const { batchId, brandId, createdBy, requested } = batch;
    const jobId = await starters.generation.start(tx, {
      brandId,
      actor: createdBy,
      input: { batchId },
      ...(requested === null ? {} : { total: requested }),
    });
    return (await moveBatch(tx, batchId, 'pending_approval', 'making', { jobId }))
      ? ok(undefined)
      : refuse('conflict', 'The batch no longer waits for approval.');
  }

  approvals.register(GENERATE, {
    async approved(tx, { brandId, payload }) {
      const batch = await findBatch(tx, brandId, Waiting.parse(payload).batchId);
      return batch ? startMaking(tx, batch) : batchNotFound();
    },
    async closed(tx, { payload }) {
      await moveBatch(tx, Waiting.parse(payload).batchId, 'pending_approval', 'rejected');
    },
  });

  async function ask(
    tx: Queryable,
    by: By,
    campaignId: string,
    batchId: string,
    count: number,
    kind: string,
  ) {
    return approvals.request(tx, {
      brandId: by.brandId,
      kind: GENERATE,
      subject: `batch/${batchId}`,
      payload: { batchId, count, kind } satisfies z.infer<typeof Waiting>,
      summary: `Make ${count} ${kind} codes for campaign ${campaignId}`,
      requestedBy: by.actor,
      requestId: by.requestId,
    });
  }

  /** In the caller's transaction: the job looks for its work when that has committed. */
  async function requestIn(
    tx: Queryable,
    by: By,
    campaignId: string,
    input: BatchInput,
  ): Promise<Result<BatchRecord>> {
    const holders = input.kind === 'personal' ? input.holders : null;
    const count = input.kind === 'personal' ? input.holders.length : input.count;
    if (holders && new Set(holders).size < count)
      return refuse('invalid_request', 'holders: a player is named twice', [
        { field: 'holders', reason: 'a player is named twice' },
      ]);
    const read = readChoice(input);
    if (!read.ok) return read;
    const room = checkRoom(read.value.pattern, count);
    if (!room.ok) return room;

    const admitted = await admitCodes(tx, by.brandId, campaignId);
    if (!admitted.ok) return admitted;
    const lifetime = await checkLifetime(tx, input);
    if (!lifetime.ok) return lifetime;
    const batchId = newId();
    const { bulkGeneration } = (await brands.read(tx, by.brandId)).settings.approvals;
    const waits = bulkGeneration !== null && count > bulkGeneration;
    const asked = waits ? await ask(tx, by, campaignId, batchId, count, input.kind) : undefined;
    if (asked && !asked.ok) return asked;
    const choice = chosenPattern(input);
    await insertBatch(tx, {
      batchId,
      brandId: by.brandId,
      campaignId,
      kind: 'generated',
      codeKind: input.kind,
      status: 'pending_approval',
      ...choice,
      requested: count,
      jobId: null,
      approvalId: asked?.value.approvalId ?? null,
      createdBy: by.actor,
      plan: {
        ...choice,
        allowOffensive: input.allowOffensive,
        maxUses: input.kind === 'personal' ? input.maxUses : 1,
        startsAt: input.startsAt,
        endsAt: input.endsAt,
        holders,
      } satisfies GenerationPlan,
    });
    const waiting = await findBatch(tx, by.brandId, batchId);
    if (!waiting) throw new Error(`batch ${batchId} was not stored`);
    const started = waits ? ok(undefined) : await startMaking(tx, waiting);
    if (!started.ok) return started;
    const batch = (await findBatch(tx, by.brandId, batchId)) ?? waiting;
    await auditBatch(tx, by, 'code_batch.requested', batch);
    return ok(batch);
  }

  /** Disables what is left of a batch that the caller has moved to `disabled`, of which it disabled some codes `already`. */
  async function disableRest(
    tx: Queryable,
    by: By,
    before: BatchRecord,
    reason: string,
    already: number,
  ): Promise<BatchRecord> {
    const { batchId, size } = before;
    const jobId = await starters.disabling.start(tx, {
      brandId: by.brandId,
      actor: by.actor,
      input: { batchId, reason, already },
      total: size,
    });
    await moveBatch(tx, batchId, 'disabled', 'disabled', { jobId });
    const after = { ...before, status: 'disabled', jobId } as const;
    await auditBatch(tx, by, 'code_batch.disabled', after, reason);
    return after;
  }

  async function disable(
    tx: Queryable,
    by: By,
    batchId: string,
    reason: string,
  ): Promise<Result<BatchRecord>> {
    const before = await findBatch(tx, by.brandId, batchId);
    if (!before) return batchNotFound();
    if (!(await moveBatch(tx, batchId, 'ready', 'disabled'))) return cannotBeDisabled(before);
    return ok(await disableRest(tx, by, before, reason, 0));
  }

  /**
   * Disables a batch, or goes on from where it is disabled, and does not leave it to the job what players hold and have not used:
   * from the caller's transaction on nobody uses such a code.
   * @returns how many of those there were.
   */
  async function disableHeldIn(
    tx: Queryable,
    by: By,
    batchId: string,
    { reason, atMost }: { reason: string; atMost: number },
  ): Promise<Result<number>> {
    // Before its codes, as whoever hands them out.
    const isFirst = await moveBatch(tx, batchId, 'ready', 'disabled');
    const batch = await findBatch(tx, by.brandId, batchId);
    if (!batch) return batchNotFound();
    if (batch.status !== 'disabled') return cannotBeDisabled(batch);
    const held = await disableHeldCodes(tx, batch, reason, atMost);
    if (isFirst) await disableRest(tx, by, batch, reason, held);
    return ok(held);
  }

  return {
    /** How strong `count` codes of a pattern would be. Refused when it is no pattern at all. */
    check(choice: Choice & { count: number }): Result<PatternCheck> {
      const read = readChoice(choice);
      if (!read.ok) return read;
      const strength = strengthOf(read.value.pattern, choice.count);
      return ok({
        strength,
        fits: strength.guessesPerHit >= LEAST_GUESSES_PER_HIT,
        examples: read.value.examples,
      });
    },

    requestIn,
    disableHeldIn,

    /** Starts making codes, or asks a second person first when there are more than the brand's threshold. */
    async request(by: By, campaignId: string, input: BatchInput): Promise<Result<BatchRecord>> {
      const requested = await db.transaction((tx) => requestIn(tx, by, campaignId, input));
      if (requested.ok) jobs.wake();
      return requested;
    },

    /** Starts disabling every code of a batch. From now on none is handed out or exported. */
    async disable(by: By, batchId: string, reason: string): Promise<Result<BatchRecord>> {
      const disabled = await db.transaction((tx) => disable(tx, by, batchId, reason));
      if (disabled.ok) jobs.wake();
      return disabled;
    },
  };
}

const cannotBeDisabled = ({ status }: BatchRecord) =>
  refuse('conflict', `The batch is ${status}, so it cannot be disabled.`);

export type Batches = ReturnType<typeof createBatches>;
