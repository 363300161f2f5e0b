import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PatternChoice } from './pattern.ts';

export interface MakerOptions {
  secretKey: Uint8Array;
  brandId: string;
  choice: PatternChoice;
  allowOffensive: boolean;
}

export interface MakeRequest {
  count: number;
  /** Player ids, one for each code. */
  holders?: readonly string[] | undefined;
}

/** Makes codes in a thread of its own. Its memory is given back with `close`. */
export interface CodeMaker {
  /** @returns rows of `COPIED` in binary COPY format. Codes are random: they may be taken already. */
  make(request: MakeRequest): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The thread holds one chunk at a time; without a cap V8 lets its heap grow to a multiple of that before collecting. */
const HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 };

export function startMaker(options: MakerOptions): CodeMaker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: options,
    resourceLimits: HEAP,
  });
  let last: Promise<unknown> = Promise.resolve();

  async function ask(request: MakeRequest): Promise<Uint8Array> {
    worker.postMessage(request);
    const [chunk] = (await once(worker, 'message')) as [Uint8Array];
    return chunk;
  }
  return {
    make(request) {
      const chunk = last.then(() => ask(request));
      last = chunk.catch(() => undefined);
      return chunk;
    },
    async close() {
      await worker.terminate();
    },
  };
}
