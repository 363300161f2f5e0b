import { setTimeout as delay } from 'node:timers/promises';
import { decideBatch, rehearseBatch } from '@promosmith/core/activation';
import { type Database, isOutage, isRetryable, type Queryable } from '../../../platform/db.ts';
import { missesOf, recordMisses } from '../guesses/guessers.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { GuardFailed } from './counters.ts';
import { type Decided, toDecided } from './decided.ts';
import { createOutlines } from './outlines.ts';
import type { Answer, Pending } from './pending.ts';
import { findAnswers } from './replays.ts';
import type { WhoIsBehind } from './risk.ts';
import { type Loaded, loadWorld } from './world.ts';
import { writeBatch } from './write.ts';

const GUARD_RETRIES = 50;
const RECONNECT_EVERY_MS = 250;
const RECONNECT_FOR_MS = 8_000;
const EXPECT_REPEATS_FOR_MS = 10_000;

/** Answers given before, by index in the batch. */
type Replays = ReadonlyMap<number, Answer>;
const NO_REPLAYS: Replays = new Map();

export interface Kernel {
  /** Activates a batch exactly once. An error in place of an answer is of that request alone. */
  activate(batch: readonly Pending[]): Promise<(Answer | Error)[]>;
  /**
   * The answers activations would get now. Nothing is taken, but an unknown code is a guess here as well: otherwise a
   * code could be tried without end before it is used.
   */
  validate(batch: readonly Pending[]): Promise<Answer[]>;
}

export function createKernel(db: Database, campaigns: CampaignCache, risk: WhoIsBehind): Kernel {
  /** Repeats come in waves, when callers time out: for a while after one, answers are looked up before anything else. */
  let expectRepeatsUntil = 0;
  const outlines = createOutlines();

  /**
   * Load, decide, write, and again from the start when a guard refused or the connection broke. A repeat after an
   * unknown commit finds its own activations by their idempotency keys, so it is harmless. A request that can't be
   * decided fails alone: the batch is split until it is found.
   */
  async function activate(batch: readonly Pending[]): Promise<(Answer | Error)[]> {
    const giveUpAt = performance.now() + RECONNECT_FOR_MS;
    for (let retries = 0; ; retries++) {
      const lookUp = retries > 0 || performance.now() < expectRepeatsUntil;
      try {
        const answers = await db.pipelined((connection) => attempt(connection, batch, lookUp));
        if (answers) return answers;
        if (retries === GUARD_RETRIES) throw new Error(`a batch was refused by its guards ${retries} times`);
      } catch (error) {
        if (isRetryable(error) && retries < GUARD_RETRIES) continue;
        if (isOutage(error) && performance.now() < giveUpAt) {
          await delay(RECONNECT_EVERY_MS);
          continue;
        }
        if (isOutage(error) || batch.length === 1) return batch.map(() => asError(error));
        const middle = batch.length >> 1;
        return [...(await activate(batch.slice(0, middle))), ...(await activate(batch.slice(middle)))];
      }
    }
  }

  /**
   * @param lookUp whether to look for answers given before. Without, a repeat is refused by the guard on its key.
   * @returns undefined when a guard refused: the world has moved on, and the batch must be decided again.
   */
  async function attempt(
    connection: Queryable,
    batch: readonly Pending[],
    lookUp: boolean,
  ): Promise<Answer[] | undefined> {
    const [replays, world] = await Promise.all([
      lookUp ? findAnswers(connection, batch) : NO_REPLAYS,
      loadWorld(connection, campaigns, risk, batch),
    ]);
    if (replays.size > 0) expectRepeatsUntil = performance.now() + EXPECT_REPEATS_FOR_MS;
    const decided = decide(firstOfEach(batch, replays), world, decideBatch);
    if (decided.length > 0) {
      const checks = outlines.take(decided);
      try {
        await writeBatch(connection, decided, checks, world);
        outlines.keep(checks);
      } catch (error) {
        if (error instanceof GuardFailed) return undefined;
        throw error;
      }
    }
    return answersOf(batch, replays, decided);
  }

  return {
    activate,
    async validate(batch) {
      for (let retries = 0; ; retries++) {
        const world = await db.pipelined((connection) => loadWorld(connection, campaigns, risk, batch));
        const decided = decide(batch, world, rehearseBatch);
        const misses = missesOf(decided);
        try {
          if (misses.length > 0) await db.transaction((tx) => recordMisses(tx, misses));
          return answersOf(batch, NO_REPLAYS, decided);
        } catch (error) {
          if (!(error instanceof GuardFailed) || retries === GUARD_RETRIES) throw error;
        }
      }
    },
  };
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const identity = ({ attempt: { playerId }, idempotencyKey }: Pending): string =>
  `${playerId} ${idempotencyKey}`;

/** Requests that were not answered before; of several with the same key in one batch, the first. */
function firstOfEach(batch: readonly Pending[], replays: Replays): readonly Pending[] {
  const keys = new Set(batch.map(({ idempotencyKey }) => idempotencyKey));
  if (replays.size === 0 && keys.size === batch.length) return batch;
  const seen = new Set<string>();
  return batch.filter((pending, index) => {
    const key = identity(pending);
    if (replays.has(index) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The decisions of a batch, brand by brand on its own wall clock, under its own law. */
function decide(
  batch: readonly Pending[],
  loaded: Loaded,
  by: typeof decideBatch | typeof rehearseBatch,
): Decided[] {
  const createdAt = new Date(loaded.now).toISOString();
  return [...Map.groupBy(batch, ({ brandId }) => brandId).values()].flatMap((ofBrand) => {
    const [first] = ofBrand;
    if (!first) return [];
    const decisions = by(
      loaded.worldOf(first),
      ofBrand.map((pending) => pending.attempt),
    );
    return ofBrand.map((pending, index) => {
      const decision = decisions[index];
      if (!decision) throw new Error('the decision left an attempt out');
      return toDecided(pending, decision, createdAt);
    });
  });
}

function answersOf(batch: readonly Pending[], replays: Replays, decided: readonly Decided[]): Answer[] {
  const own = new Map(decided.map(({ pending, answer }) => [pending, answer]));
  const hasRepeats = own.size + replays.size < batch.length;
  const firstByIdentity = new Map(hasRepeats ? decided.map((item) => [identity(item.pending), item]) : []);
  return batch.map((pending, index) => {
    const answer = replays.get(index) ?? own.get(pending);
    if (answer) return answer;
    const first = firstByIdentity.get(identity(pending));
    if (!first) throw new Error('a request of the batch was left undecided');
    const mismatch = first.pending.requestDigest !== pending.requestDigest;
    return { ...first.answer, replayed: true, mismatch };
  });
}
