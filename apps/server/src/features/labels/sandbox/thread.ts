import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { SANDBOX_LIMITS } from './limits.ts';
import { BETWEEN, type Outcome, type ThreadData, type Turn } from './messages.ts';

/** Outcomes of a turn, or at which of its instants the thread had to be ended, or ended itself: then it is gone. */
export type Taken = { outcomes: readonly Outcome[] } | { endedAt: number; by: 'time' | 'crash' };

export interface Thread {
  /** Works on a turn; one at a time. */
  take(turn: Turn): Promise<Taken>;
  readonly gone: boolean;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 50;

/** The heap holds the engine's shell and one turn. Deep recursion in WebAssembly needs more stack than a thread has. */
const RESOURCES = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 48, stackSizeMb: 16 };

/** Starts a thread that is handed the engine's code and nothing of this process: not even its environment. */
export async function startThread(module: WebAssembly.Module): Promise<Thread> {
  const progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(BETWEEN);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'label functions',
    workerData: { module, progress } satisfies ThreadData,
    env: {},
    resourceLimits: RESOURCES,
  });
  await once(worker, 'message');
  let gone = false;
  // What it died of is told with the turn it died in.
  worker
    .on('error', () => undefined)
    .once('exit', () => {
      gone = true;
    });

  return {
    get gone() {
      return gone;
    },
    take: (turn) =>
      new Promise((resolve) => {
        let by: 'time' | 'crash' = 'crash';
        const watch = watchProgress(progress, () => {
          by = 'time';
          void worker.terminate();
        });
        const settle = (taken: Taken) => {
          clearInterval(watch);
          worker.off('message', done).off('exit', ended);
          resolve(taken);
        };
        const done = (outcomes: Outcome[]) => settle({ outcomes });
        const ended = () => settle({ endedAt: Math.max(0, Atomics.load(progress, 0)), by });
        worker.on('message', done).on('exit', ended);
        worker.postMessage(turn);
      }),
    async close() {
      await worker.terminate();
    },
  };
}

/**
 * Calls when one evaluation has been under way for longer than any may. Looks are counted in place of reading the clock:
 * what stops the whole process, such as a machine that is busy elsewhere, stops them, too, and is no program's fault.
 */
function watchProgress(progress: ThreadData['progress'], stuck: () => void): NodeJS.Timeout {
  let at = BETWEEN;
  let looks = 0;
  return setInterval(() => {
    const next = Atomics.load(progress, 0);
    looks = next === BETWEEN || next !== at ? 0 : looks + 1;
    at = next;
    if (looks * LOOK_EVERY_MS >= SANDBOX_LIMITS.wallMs) stuck();
  }, LOOK_EVERY_MS);
}
