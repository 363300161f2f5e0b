import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Work that is too much computing for the thread that answers requests, in a thread of its own. */
export interface Thread<Question, Answer> {
  /** Questions are answered one after another. */
  ask(question: Question): Promise<Answer>;
  /** Gives back its memory, whatever it is doing. */
  close(): Promise<void>;
}

/** It holds one answer at a time; without a cap V8 lets its heap grow to a multiple of that before collecting. */
const HEAP = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 128 };

/** @param data handed to the script as its `workerData`. */
export function startThread<Question, Answer>(script: URL, data: unknown): Thread<Question, Answer> {
  const worker = new Worker(script, { workerData: data, resourceLimits: HEAP });
  let last: Promise<unknown> = Promise.resolve();

  async function answerTo(question: Question): Promise<Answer> {
    worker.postMessage(question);
    const [answer] = (await once(worker, 'message')) as [Answer];
    return answer;
  }
  return {
    ask(question) {
      const answer = last.then(() => answerTo(question));
      last = answer.catch(() => undefined);
      return answer;
    },
    async close() {
      await worker.terminate();
    },
  };
}
