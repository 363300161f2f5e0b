import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

interface Settings {
  slots?: number;
  maxBatch?: number;
  patienceMs?: number;
}

/** A batcher that notes the sizes of its batches. Each takes until the next `finish`. */
function start({ slots = 1, maxBatch = 1_000, patienceMs = 0 }: Settings = {}) {
  const sizes: number[] = [];
  const ends: (() => void)[] = [];
  const batcher = createBatcher<string, string>({
    slots,
    maxBatch,
    patienceMs,
    maxWaiting: 1_000,
    keyOf: (request) => request,
    process(batch) {
      sizes.push(batch.length);
      return new Promise((resolve) => ends.push(() => resolve(batch)));
    },
  });
  let callers = 0;
  return {
    batcher,
    sizes,
    /** Once batches of just these sizes have begun. */
    begun: (...expected: number[]) => expect.poll(() => sizes, { interval: 1 }).toEqual(expected),
    /** So many callers, each of whom comes back `again` times, a little after its answer. */
    call(count: number, again = 0): void {
      for (let n = 0; n < count; n++) {
        const name = String(callers++);
        const ask = async (times: number): Promise<void> => {
          await batcher.submit(name);
          if (times === 0) return;
          await sleep(1);
          await ask(times - 1);
        };
        void ask(again);
      }
    },
    /** Ends the batch that has been in flight longest, once there is one. */
    async finish(): Promise<void> {
      await expect.poll(() => ends.length, { interval: 1 }).toBeGreaterThan(0);
      ends.shift()?.();
    },
  };
}

test('a request goes at once, alone', async () => {
  const { sizes, call, finish, batcher } = start();
  call(1);
  await finish();
  await batcher.drained();
  call(1);
  await finish();
  await batcher.drained();
  expect(sizes).toEqual([1, 1]);
});

test('few callers do not wait for each other', async () => {
  const { sizes, call, begun, finish, batcher } = start();
  call(5, 1);
  await begun(5);
  call(3);
  for (let n = 0; n < 3; n++) await finish();
  await batcher.drained();
  expect(sizes).toEqual([5, 3, 5]);
});

test('many who wait let those just answered join them', async () => {
  const { sizes, call, begun, finish, batcher } = start();
  call(40, 1);
  await begun(40);
  call(10);
  for (let n = 0; n < 2; n++) await finish();
  await batcher.drained();
  expect(sizes).toEqual([40, 50]);
});

test('but not for ever', async () => {
  const { sizes, call, begun, finish, batcher } = start();
  call(40);
  await begun(40);
  call(10);
  for (let n = 0; n < 2; n++) await finish();
  await batcher.drained();
  expect(sizes).toEqual([40, 10]);
});

test('nobody waits for others while a batch is in flight besides', async () => {
  const { call, begun, finish, batcher } = start({ slots: 2 });
  call(40, 1);
  await begun(40);
  call(40);
  await begun(40, 40);
  call(10);
  await finish();
  await begun(40, 40, 10);
  await finish();
  await begun(40, 40, 10, 40);
  for (let n = 0; n < 2; n++) await finish();
  await batcher.drained();
});

test('no batch is larger than it may be', async () => {
  const { sizes, call, finish, batcher } = start({ maxBatch: 50 });
  call(80, 1);
  for (let n = 0; n < 4; n++) await finish();
  await batcher.drained();
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(160);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
});

test('with patience, requests gather while a batch is in flight, and go besides once it is held up', async () => {
  const { sizes, call, begun, finish, batcher } = start({ slots: 2, patienceMs: 300 });
  call(1);
  await begun(1);
  call(2);
  await sleep(5);
  call(3);
  await sleep(5);
  expect(sizes).toEqual([1]);
  await begun(1, 5);
  call(4);
  await finish();
  await begun(1, 5, 4);
  for (let n = 0; n < 2; n++) await finish();
  await batcher.drained();
});

test('what is held up for long keeps nobody waiting', async () => {
  const { call, begun, finish, batcher } = start({ slots: 2, patienceMs: 20 });
  call(1);
  await begun(1);
  await sleep(30);
  call(2);
  await begun(1, 2);
  for (let n = 0; n < 2; n++) await finish();
  await batcher.drained();
});
