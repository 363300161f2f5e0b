/** Values of slow look-ups, kept in memory for a moment. */
export interface FreshCache<V> {
  /** @returns the value as it was at most `maxAgeMs` ago. Callers that ask at once share one look-up. */
  get(key: string): Promise<V | undefined>;
  /** The next `get` looks it up again. Called after a change made by this process. */
  forget(key: string): void;
}

interface Entry<V> {
  /** Of the start of the look-up, so that the age is never understated. */
  since: number;
  value: Promise<V | undefined>;
}

/**
 * What is absent is not kept: a guessed key costs its own look-up and never pushes out what is in use.
 * @param options.capacity most values kept; the one that was looked up longest ago goes first.
 */
export function createFreshCache<V>(options: {
  maxAgeMs: number;
  capacity: number;
  load: (key: string) => Promise<V | undefined>;
}): FreshCache<V> {
  const entries = new Map<string, Entry<V>>();

  function keepWithin(capacity: number): void {
    for (const key of entries.keys()) {
      if (entries.size <= capacity) return;
      entries.delete(key);
    }
  }

  function look(key: string): Promise<V | undefined> {
    const entry: Entry<V> = { since: performance.now(), value: options.load(key) };
    entries.delete(key);
    entries.set(key, entry);
    const drop = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.value.then((value) => (value === undefined ? drop() : keepWithin(options.capacity)), drop);
    return entry.value;
  }

  return {
    get(key) {
      const kept = entries.get(key);
      return kept && performance.now() - kept.since < options.maxAgeMs ? kept.value : look(key);
    },
    forget: (key) => {
      entries.delete(key);
    },
  };
}
