import { setTimeout as delay } from 'node:timers/promises';
import { decideBatch, rehearseBatch } from '@promosmith/core/activation';
import { type Database, isOutage, isRetryable, type Queryable } from '../../../platform/db.ts';
import { missesOf, recordMisses } from '../guessing.ts';
import type { CampaignCache } from './campaign-cache.ts';
import { GuardFailed } from './counters.ts';
import { type Decided, toDecided } from './decided.ts';
import type { Answer, Pending } from './pending.ts';
import { type Loaded, loadWorld } from './world.ts';
import { writeBatch } from './write.ts';

const GUARD_RETRIES = 50;
const RECONNECT_EVERY_MS = 250;
const RECONNECT_FOR_MS = 8_000;

/**
 * Activates a batch exactly once: load, decide, write, and again from the start when a guard refused or the connection
 * broke. A repeat after an unknown commit finds its own activations by their idempotency keys, so it is harmless.
 * A request that can't be decided fails alone: the batch is split until it is found.
 */
export async function activateBatch(
  db: Database,
  campaigns: CampaignCache,
  batch: readonly Pending[],
): Promise<(Answer | Error)[]> {
  const giveUpAt = performance.now() + RECONNECT_FOR_MS;
  for (let retries = 0; ; retries++) {
    try {
      const answers = await db.pipelined((connection) => attempt(connection, campaigns, batch));
      if (answers) return answers;
      if (retries === GUARD_RETRIES) throw new Error(`a batch was refused by its guards ${retries} times`);
    } catch (error) {
      if (isRetryable(error) && retries < GUARD_RETRIES) continue;
      if (isOutage(error) && performance.now() < giveUpAt) {
        await delay(RECONNECT_EVERY_MS);
        continue;
      }
      if (isOutage(error) || batch.length === 1) return batch.map(() => asError(error));
      return split(db, campaigns, batch);
    }
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

async function split(
  db: Database,
  campaigns: CampaignCache,
  batch: readonly Pending[],
): Promise<(Answer | Error)[]> {
  const middle = batch.length >> 1;
  const first = await activateBatch(db, campaigns, batch.slice(0, middle));
  return [...first, ...(await activateBatch(db, campaigns, batch.slice(middle)))];
}

/** @returns undefined when a guard refused: the world has moved on, and the batch must be decided again. */
async function attempt(
  connection: Queryable,
  campaigns: CampaignCache,
  batch: readonly Pending[],
): Promise<Answer[] | undefined> {
  const loaded = await loadWorld(connection, campaigns, batch);
  const fresh = firstOfEach(batch, loaded);
  const decided = decide(fresh, loaded, decideBatch);
  if (decided.length > 0) {
    try {
      await writeBatch(connection, decided, loaded.newcomers);
    } catch (error) {
      if (error instanceof GuardFailed) return undefined;
      throw error;
    }
  }
  return answers(batch, loaded, decided);
}

const identity = ({ attempt: { playerId }, idempotencyKey }: Pending): string =>
  `${playerId} ${idempotencyKey}`;

/** Requests that were not answered before; of several with the same key in one batch, the first. */
function firstOfEach(batch: readonly Pending[], { replays }: Loaded): Pending[] {
  const seen = new Set<string>();
  return batch.filter((pending, index) => {
    const key = identity(pending);
    if (replays.has(index) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The decisions of a batch, brand by brand on its own wall clock. */
function decide(
  batch: readonly Pending[],
  loaded: Loaded,
  by: typeof decideBatch | typeof rehearseBatch,
): Decided[] {
  return [...Map.groupBy(batch, ({ brandId }) => brandId).values()].flatMap((ofBrand) => {
    const timeZone = ofBrand[0]?.timeZone ?? 'UTC';
    const decisions = by(
      loaded.worldIn(timeZone),
      ofBrand.map((pending) => pending.attempt),
    );
    return ofBrand.map((pending, index) => {
      const decision = decisions[index];
      if (!decision) throw new Error('the decision left an attempt out');
      return toDecided(pending, decision, loaded.now);
    });
  });
}

function answers(batch: readonly Pending[], { replays }: Loaded, decided: readonly Decided[]): Answer[] {
  const byIdentity = new Map(decided.map((item) => [identity(item.pending), item]));
  return batch.map((pending, index) => {
    const stored = replays.get(index);
    if (stored) return stored;
    const item = byIdentity.get(identity(pending));
    if (!item) throw new Error('a request of the batch was left undecided');
    if (item.pending === pending) return item.answer;
    return { ...item.answer, replayed: true, mismatch: item.pending.requestDigest !== pending.requestDigest };
  });
}

/**
 * The answers activations would get now. Nothing is taken, but an unknown code is a guess here as well: otherwise a
 * code could be tried without end before it is used.
 */
export async function validateBatch(
  db: Database,
  campaigns: CampaignCache,
  batch: readonly Pending[],
): Promise<Answer[]> {
  for (let retries = 0; ; retries++) {
    const loaded = await db.pipelined((connection) => loadWorld(connection, campaigns, batch));
    const decided = decide(batch, loaded, rehearseBatch);
    const misses = missesOf(decided);
    try {
      if (misses.length > 0) await db.transaction((tx) => recordMisses(tx, misses));
      return answers(batch, loaded, decided);
    } catch (error) {
      if (!(error instanceof GuardFailed) || retries === GUARD_RETRIES) throw error;
    }
  }
}
