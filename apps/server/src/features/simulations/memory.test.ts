import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { ManyTries } from './testing/many-tries.ts';

const TRIES = 210_000;
/** Less than half of what the tries take when they are all there. */
const HEAP_MB = 96;

/** In a thread that dies when it needs more memory than that. @returns how many of the tries were accepted. */
async function simulated(keeps: boolean): Promise<number> {
  const worker = new Worker(new URL('./testing/many-tries.ts', import.meta.url), {
    workerData: { tries: TRIES, keeps } satisfies ManyTries,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
  });
  const [accepted] = (await once(worker, 'message')) as [number];
  await worker.terminate();
  return accepted;
}

it('210,000 tries are decided in little memory', async () => {
  expect(await simulated(false)).toBe(TRIES);
}, 600_000);

it('a thread that keeps them all needs more', async () => {
  await expect(simulated(true)).rejects.toThrow(/memory/);
}, 600_000);
