import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createMetrics } from './metrics.ts';
import { createSetAsides } from './set-aside.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp() {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: undefined }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const metrics = createMetrics();
  return { lines, metrics, aside: createSetAsides({ log, metrics })('settle') };
}

const work = (bad: ReadonlySet<string>) => async (items: readonly string[]) => {
  if (items.some((item) => bad.has(item))) throw new Error('this one is bad');
  return items;
};
const itself = (name: string) => name;

it('sets aside what fails by itself, says which and counts it', async () => {
  const { aside, lines, metrics } = setUp();
  const done = await aside.work(['a', 'b', 'c'], itself, work(new Set(['b'])));
  expect(done.flat()).toEqual(['a', 'c']);
  expect(aside.names()).toEqual(['b']);
  expect(lines).toMatchObject([
    { task: 'settle', item: 'b', failures: 1, err: { message: 'this one is bad' } },
  ]);
  expect(await metrics.text()).toContain('promosmith_background_items_failed_total{task="settle"} 1');
});

it('lets it be tried again after a pause, which doubles with each failure', async () => {
  const { aside } = setUp();
  const fail = () => aside.work(['a'], itself, work(new Set(['a'])));
  await fail();
  vi.advanceTimersByTime(4_999);
  expect(aside.names()).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(aside.names()).toEqual([]);
  await fail();
  vi.advanceTimersByTime(9_999);
  expect(aside.names()).toEqual(['a']);
  vi.advanceTimersByTime(1);
  expect(aside.names()).toEqual([]);
});

it('forgets the failures of what was done at last', async () => {
  const { aside, lines } = setUp();
  await aside.work(['a'], itself, work(new Set(['a'])));
  await aside.work(['a'], itself, work(new Set()));
  expect(aside.names()).toEqual([]);
  await aside.work(['a'], itself, work(new Set(['a'])));
  expect(lines.map(({ failures }) => failures)).toEqual([1, 1]);
});
