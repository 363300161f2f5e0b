import type { Logger } from 'pino';
import { halving } from './halving.ts';
import type { Metrics } from './metrics.ts';

/** The pause after an item's first failure; each further one doubles it, up to the longest. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
/** Most items kept aside: of more, those that failed longest ago are tried again at once. */
const CAPACITY = 10_000;

/** Background work on items, any of which may fail for good without keeping the others from being done. */
export interface SetAside {
  /** Names of items that failed lately: whoever looks for items leaves them out, so that they block no others. */
  names(): string[];
  /**
   * Works on the items as `halving` does. Those that fail by themselves are logged with their names, counted, and set
   * aside for a pause that grows with each failure.
   * @param work must leave nothing done when it throws, as a transaction does.
   * @returns what the calls gave that did not throw.
   */
  work<T, R>(
    items: readonly T[],
    nameOf: (item: T) => string,
    work: (items: readonly T[]) => Promise<R>,
  ): Promise<R[]>;
}

interface Aside {
  readonly failures: number;
  readonly until: number;
}

/** Makes what sets items of a task aside. This process alone knows of them: the next one finds out by itself. */
export function createSetAsides({ log, metrics }: { log: Logger; metrics: Metrics }) {
  const failed = metrics.counter(
    'promosmith_background_items_failed_total',
    'Attempts of background work on one thing that failed, by task',
    ['task'],
  );

  return (task: string): SetAside => {
    const kept = new Map<string, Aside>();

    function fail(name: string, error: unknown): void {
      const failures = (kept.get(name)?.failures ?? 0) + 1;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      kept.delete(name);
      kept.set(name, { failures, until: performance.now() + pauseMs });
      const [oldest] = kept.keys();
      if (kept.size > CAPACITY && oldest !== undefined) kept.delete(oldest);
      failed.inc({ task });
      log.error({ err: error, task, item: name, failures, pauseMs }, 'background work on one item failed');
    }

    return {
      names() {
        const now = performance.now();
        for (const [name, { until }] of kept) if (until + LONGEST_PAUSE_MS < now) kept.delete(name);
        return [...kept].flatMap(([name, { until }]) => (until > now ? [name] : []));
      },
      work: (items, nameOf, work) =>
        halving(
          items,
          async (some) => {
            const result = await work(some);
            for (const item of some) kept.delete(nameOf(item));
            return result;
          },
          (item, error) => fail(nameOf(item), error),
        ),
    };
  };
}
