import { onTestFinished, test } from 'vitest';
import { createLog } from './log.ts';
import { createTicker } from './ticker.ts';

const log = createLog('silent');

function tickerOf(looksForWork: boolean) {
  const ticker = createTicker(log, { looksForWork });
  onTestFinished(() => ticker.stop());
  return ticker;
}

/** Work that can be waited for. */
function counted() {
  let runs = 0;
  return {
    runs: () => runs,
    async run() {
      runs++;
      return false;
    },
  };
}

test('what looks for work runs all work at once and again', async ({ expect }) => {
  const ticker = tickerOf(true);
  const work = counted();
  ticker.every('work', 5, work.run);
  await expect.poll(work.runs).toBeGreaterThan(2);
});

test('another process runs what is its own, and the rest when it is nudged', async ({ expect }) => {
  const ticker = tickerOf(false);
  const own = counted();
  const shared = counted();
  ticker.every('shared', 5, shared.run);
  ticker.everyHere('own', 5, own.run);
  await expect.poll(own.runs).toBeGreaterThan(2);
  expect(shared.runs()).toBe(0);
  ticker.nudge('shared');
  await expect.poll(shared.runs).toBe(1);
});

test('work goes on while there is more of it, and a failure does not end it', async ({ expect }) => {
  const ticker = tickerOf(true);
  let left = 3;
  ticker.every('work', 60_000, async () => --left > 0);
  await expect.poll(() => left).toBe(0);
  let runs = 0;
  ticker.every('failing', 5, async () => {
    runs++;
    throw new Error('for the test');
  });
  await expect.poll(() => runs).toBeGreaterThan(2);
});

test('nothing starts once it is stopped', async ({ expect }) => {
  const ticker = createTicker(log, { looksForWork: true });
  const work = counted();
  ticker.every('work', 60_000, work.run);
  await ticker.stop();
  const before = work.runs();
  ticker.nudge('work');
  await ticker.stop();
  expect(work.runs()).toBe(before);
});
