import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import type { Written } from './testing/many-rows.ts';

const ROWS = 300_000;
/** Less than half of what the rows take when they are all there. */
const HEAP_MB = 48;

/** In a thread that dies when it needs more memory than that. */
async function written(format: string): Promise<Written> {
  const worker = new Worker(new URL('./testing/many-rows.ts', import.meta.url), {
    workerData: { format, rows: ROWS },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16 },
  });
  const [told] = (await once(worker, 'message')) as [Written];
  await worker.terminate();
  return told;
}

it.each(['csv', 'xlsx', 'parquet'])(
  '300,000 rows are written as %s in little memory',
  async (format) => {
    const { bytes, mostAhead } = await written(format);
    expect(bytes).toBeGreaterThan(1_000_000);
    // Rows are read as the file is taken, not ahead of it.
    expect(mostAhead).toBeLessThan(ROWS / 4);
  },
  60_000,
);

it('a thread that keeps them all needs more', async () => {
  await expect(written('kept')).rejects.toThrow(/memory/);
}, 60_000);
