import type { Product } from '@promosmith/contract';
import { compileJourney, type EventField, type Journey, type TriggerSource } from '@promosmith/core/journey';
import type { Fact } from '@promosmith/core/rules';
import type { Logger } from 'pino';
import type { Queryable } from '../../../platform/db.ts';
import { findLive, findVersion, type LiveRow, type StoredVersion } from './store.ts';

/** One version of a journey, ready to be walked. It never changes: share it. */
export interface CompiledVersion {
  readonly brandId: string;
  readonly journeyId: string;
  readonly version: number;
  /** Under whose consent its messages are sent. */
  readonly product: Product;
  readonly journey: Journey;
  /** The content version that messages send, by content id. */
  readonly contents: Readonly<Record<string, number>>;
}

/** A journey that players are in, or may enter. */
export interface LiveJourney {
  readonly brandId: string;
  readonly journeyId: string;
  readonly status: 'active' | 'paused';
  /** That players enter. */
  readonly version: number;
  /** `key`: the `eventKey` of an event or client action; null for the other sources. */
  readonly trigger: { readonly source: TriggerSource['source']; readonly key: string | null };
  /** Of the latest pause; null when there was none, or it is not over. */
  readonly pausedAt: Date | null;
  readonly resumedAt: Date | null;
  readonly compiled: CompiledVersion;
}

/** Published journeys, in memory. */
export interface Book {
  /** @throws when there is no such version. */
  version(db: Queryable, brandId: string, journeyId: string, version: number): Promise<CompiledVersion>;
  /** As `version`, but undefined, and logged, for one that this release can't walk. */
  readable(
    db: Queryable,
    brandId: string,
    journeyId: string,
    version: number,
  ): Promise<CompiledVersion | undefined>;
  /**
   * Journeys that are active or paused, as they were at most a second ago (at once in the process that changed them).
   * What must not be late is asked in the transaction.
   * @param db the connection of the caller's transaction: what holds one must not wait for another.
   */
  live(db: Queryable, brandId: string): Promise<readonly LiveJourney[]>;
  /** After a change by this process. */
  forget(brandId: string): void;
}

const MAX_AGE_MS = 1000;
/** Most versions and brands kept; those asked for longest ago go first. */
const CAPACITY = 5000;

export function createBook(log: Logger): Book {
  const versions = new Map<string, CompiledVersion>();
  const lives = new Map<string, { since: number; journeys: readonly LiveJourney[] }>();
  /** How often something was forgotten: what was looked up before is not kept after. */
  let forgotten = 0;

  const version: Book['version'] = async (db, brandId, journeyId, number) => {
    const key = `${brandId}/${journeyId}/${number}`;
    const kept = versions.get(key);
    if (kept) {
      keep(versions, key, kept);
      return kept;
    }
    const stored = await findVersion(db, brandId, journeyId, number);
    if (!stored) throw new Error(`journey ${journeyId} has no version ${number}`);
    const compiled = compileVersion(stored);
    keep(versions, key, compiled);
    return compiled;
  };

  /** One that can't be read keeps no other from running. */
  const readable: Book['readable'] = async (db, brandId, journeyId, number) => {
    try {
      return await version(db, brandId, journeyId, number);
    } catch (error) {
      if (!(error instanceof UnreadableVersion)) throw error;
      log.error({ err: error, journeyId, version: number }, 'a journey is left out');
      return undefined;
    }
  };

  async function readLive(db: Queryable, row: LiveRow): Promise<LiveJourney[]> {
    const compiled = await readable(db, row.brandId, row.journeyId, row.version);
    if (!compiled) return [];
    const { trigger } = compiled.journey;
    const key = 'match' in trigger ? trigger.match.key : null;
    return [{ ...row, trigger: { source: trigger.source, key }, compiled }];
  }

  return {
    version,
    readable,
    async live(db, brandId) {
      const kept = lives.get(brandId);
      if (kept && performance.now() - kept.since < MAX_AGE_MS) return kept.journeys;
      // Not shared with other callers: a look-up ends with the transaction whose connection it is on.
      const since = performance.now();
      const before = forgotten;
      const journeys: LiveJourney[] = [];
      for (const row of await findLive(db, brandId)) journeys.push(...(await readLive(db, row)));
      if (forgotten === before) keep(lives, brandId, { since, journeys });
      return journeys;
    },
    forget: (brandId) => {
      forgotten++;
      lives.delete(brandId);
    },
  };
}

function keep<V>(kept: Map<string, V>, key: string, value: V): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest);
}

/** A stored version that this release can't walk. */
class UnreadableVersion extends Error {}

/** With the facts and fields it was published with: what the brand registers or forgets later changes no version. */
function compileVersion(stored: StoredVersion): CompiledVersion {
  const { brandId, journeyId, version, product, definition, contents } = stored;
  const compiled = compileJourney(journeyId, definition, frozenCatalogue(stored));
  if (compiled.ok) return { brandId, journeyId, version, product, contents, journey: compiled.journey };
  const faults = compiled.problems.map(({ key, nodeId, field }) => [key, nodeId, field].join(' '));
  throw new UnreadableVersion(
    `version ${version} of journey ${journeyId} does not compile: ${faults.join('; ')}`,
  );
}

/** What a version's rules ask for, as it was when they were checked. */
export interface Frozen {
  readonly facts: readonly Fact[];
  readonly eventFields: Readonly<Record<string, readonly EventField[]>>;
}

const frozenCatalogue = ({ facts, eventFields }: Frozen) => ({
  facts: { facts, byName: new Map(facts.map((fact) => [fact.name, fact])) },
  eventFields: (key: string) => (Object.hasOwn(eventFields, key) ? eventFields[key] : undefined),
});
