import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLeisure } from './leisure.ts';

/** Work that is under way until it is told to end. */
function controlled() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = {
    isBegun: false,
    end: resolve,
    run() {
      work.isBegun = true;
      return promise;
    },
  };
  return work;
}

test('with little to do, nothing waits for anything', async () => {
  const leisure = createLeisure(() => false);
  const [first, second] = [controlled(), controlled()];
  const both = [leisure.take(first.run), leisure.take(second.run)];
  expect([first.isBegun, second.isBegun]).toEqual([true, true]);
  first.end();
  second.end();
  await Promise.all(both);
});

test('with much to do, work takes turns and rests', async () => {
  let busy = true;
  const leisure = createLeisure(() => busy);
  const [first, second] = [controlled(), controlled()];
  const taken = [leisure.take(first.run), leisure.take(second.run)];
  await expect.poll(() => first.isBegun).toBe(true);
  await delay(20);
  expect(second.isBegun).toBe(false);
  first.end();
  const ended = performance.now();
  await expect.poll(() => second.isBegun, { interval: 1 }).toBe(true);
  // Twenty at work are eighty of rest; the clock may be a little off.
  expect(performance.now() - ended).toBeGreaterThan(60);
  busy = false;
  second.end();
  await Promise.all(taken);
});

test('what fails, fails for its own caller', async () => {
  const leisure = createLeisure(() => true);
  const failing = leisure.take(() => Promise.reject(new Error('no')));
  const next = leisure.take(async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});

test('whoever stops does not wait for a rest', async () => {
  const leisure = createLeisure(() => true);
  const taken = leisure.take(() => delay(400));
  await delay(10);
  leisure.stop();
  const stopped = performance.now();
  await taken;
  expect(performance.now() - stopped).toBeLessThan(1_500);
});
