import { setTimeout as delay } from 'node:timers/promises';

/** Work that may be late. */
export interface Leisure {
  /** Runs the work: at once, or while there is much to do when its turn has come. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Ends rests, and begins none any more. */
  stop(): void;
}

/** As many times as long as it worked, it rests. */
const RESTS = 4;
const LONGEST_REST_MS = 5_000;

/**
 * While there is much to do, all work that may be late takes turns, and together no more than a fifth of the time: what
 * players wait for comes first, and numbers of a rush are told after it.
 */
export function createLeisure(isBusy: () => boolean): Leisure {
  const stopped = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  async function workAndRest<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      await rest((performance.now() - began) * RESTS);
    }
  }

  async function rest(ms: number): Promise<void> {
    if (stopped.signal.aborted || !isBusy()) return;
    await delay(Math.min(ms, LONGEST_REST_MS), undefined, { signal: stopped.signal }).catch(() => undefined);
  }

  return {
    take(work) {
      if (!isBusy()) return work();
      const turn = last.then(() => workAndRest(work));
      last = turn.catch(() => undefined);
      return turn;
    },
    stop: () => stopped.abort(),
  };
}
