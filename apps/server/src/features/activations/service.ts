import type { ActivationRequest } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { createBatcher, QueueFull } from '../../platform/batcher.ts';
import type { Database } from '../../platform/db.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Keeper } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import type { Risk } from '../risk/index.ts';
import type { GuessDefence } from './guesses/index.ts';
import { type AttemptContext, type AttemptHeaders, createIntake } from './intake.ts';
import type { CampaignCache } from './kernel/campaign-cache.ts';
import { createKernel } from './kernel/kernel.ts';
import type { Answer, Pending } from './kernel/pending.ts';

const MAX_BATCH = 1024;
const MAX_WAITING = 20_000;
const RETRY_AFTER_SECONDS = 1;

/**
 * Batches in flight at once. A process that is alone needs several, or its core idles while the one is in the database.
 * Where there are more, those of others overlap with it anyway: one each makes the largest, which cost the least.
 */
const slotsOf = (processes: number): number => (processes > 1 ? 1 : 3);

export interface ActivationService {
  /** Refusals of the decision are answers; a refusal here means the request never reached it. */
  activate(
    request: ActivationRequest,
    headers: AttemptHeaders,
    context: AttemptContext,
  ): Promise<Result<Answer>>;
  /** The same decision with no effect. */
  validate(
    request: ActivationRequest,
    headers: Pick<AttemptHeaders, 'promosmith-proof'>,
    context: AttemptContext,
  ): Promise<Result<Answer>>;
  drained(): Promise<unknown>;
}

export function createActivationService(parts: {
  db: Database;
  brands: Brands;
  keeper: Keeper;
  risk: Risk;
  guesses: GuessDefence;
  secrets: Secrets;
  metrics: Metrics;
  campaigns: CampaignCache;
  /** How many processes like this one serve. */
  processes: number;
}): ActivationService {
  const { db, secrets, metrics, campaigns, processes, guesses } = parts;
  const slots = slotsOf(processes);
  const intake = createIntake(parts, secrets, guesses);
  const kernel = createKernel(db, campaigns, parts.risk);
  const sizes = metrics.histogram(
    'promosmith_activation_batch_size',
    'Activations decided in one transaction',
    [1, 4, 16, 64, 256, 1024],
  );
  const keyOf = (pending: Pending): string => pending.attempt.playerId;
  const activations = createBatcher<Pending, Answer>({
    maxBatch: MAX_BATCH,
    slots,
    patienceMs: 0,
    maxWaiting: MAX_WAITING,
    keyOf,
    process(batch) {
      sizes.observe(batch.length);
      return kernel.activate(batch);
    },
  });
  const validations = createBatcher<Pending, Answer>({
    maxBatch: MAX_BATCH,
    slots,
    patienceMs: 0,
    maxWaiting: MAX_WAITING,
    keyOf: (pending) => pending.attempt.activationId,
    process: kernel.validate,
  });
  metrics.gauge('promosmith_activation_queue', 'Activations waiting for a batch', (gauge) =>
    gauge.set(activations.waiting),
  );

  async function submit(batcher: typeof activations, admitted: Result<Pending>): Promise<Result<Answer>> {
    if (!admitted.ok) return admitted;
    try {
      const answer = await batcher.submit(admitted.value);
      if (answer.refusalKey === 'code_not_found' && !answer.replayed)
        guesses.noteWrong(admitted.value.brandId, admitted.value.typed);
      return answer.mismatch ? keyReused : ok(answer);
    } catch (error) {
      if (error instanceof QueueFull) return overloaded;
      throw error;
    }
  }

  return {
    activate: async (request, headers, context) =>
      submit(activations, await intake.admit(request, headers, context)),
    validate: async (request, headers, context) =>
      submit(validations, await intake.admit(request, headers, context)),
    drained: () => Promise.all([activations.drained(), validations.drained()]),
  };
}

const keyReused = refuse('conflict', 'This Idempotency-Key was used for a different request.', [
  {
    field: 'headers.idempotency-key',
    reason: 'It belongs to a different request of this player.',
    fix: 'Use a new key for every new request, and the same key only to repeat one.',
  },
]);

const overloaded = {
  ok: false as const,
  refusal: {
    key: 'overloaded',
    message: 'Too many requests are waiting. Try again in a moment, with the same Idempotency-Key.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  },
};
