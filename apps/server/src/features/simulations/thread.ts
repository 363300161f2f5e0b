import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Told, WorkerInput } from './messages.ts';

/**
 * Megabytes: a page of tries at a time, and the counters of ten million players. Pages are gone before the young generation
 * is full: with half of it a tenth of the processor time goes into copying them.
 */
const HEAP = { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 512 };

/** A simulation under way in a thread of its own. */
export interface Thread {
  /**
   * What it told last, after some time or as soon as it has come to its end.
   * @throws what broke it.
   */
  next(afterMs: number): Promise<Told>;
  /** Ends it, wherever it is, with its session. */
  close(): Promise<void>;
}

export function startThread(input: WorkerInput): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'simulation',
    workerData: input,
    resourceLimits: HEAP,
  });
  let last: Told = { doneBps: 0 };
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('message', (told: Told) => {
      last = told;
      if (told.result || told.impossible !== undefined) resolve();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a simulation ended without a result')));
  });
  // Told to whoever asks next; nobody may be asking when it breaks.
  ended.catch(() => undefined);

  return {
    async next(afterMs) {
      const waiting = new AbortController();
      try {
        await Promise.race([ended, sleep(afterMs, undefined, { signal: waiting.signal })]);
      } finally {
        waiting.abort();
      }
      return last;
    },
    async close() {
      await worker.terminate();
    },
  };
}
