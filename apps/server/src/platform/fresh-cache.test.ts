import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFreshCache } from './fresh-cache.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function cacheOf(load: (key: string) => Promise<string | undefined>, capacity = 10) {
  const asked: string[] = [];
  const cache = createFreshCache({
    maxAgeMs: 1000,
    capacity,
    load: (key) => {
      asked.push(key);
      return load(key);
    },
  });
  return { ...cache, asked };
}

test('a value is looked up once, and again when it is too old', async () => {
  let version = 1;
  const cache = cacheOf(async (key) => `${key}${version}`);
  expect(await cache.get('a')).toBe('a1');
  version = 2;
  vi.advanceTimersByTime(999);
  expect(await cache.get('a')).toBe('a1');
  vi.advanceTimersByTime(1);
  expect(await cache.get('a')).toBe('a2');
  expect(cache.asked).toEqual(['a', 'a']);
});

test('its age counts from the start of the look-up', async () => {
  const cache = cacheOf(async () => {
    vi.advanceTimersByTime(1000);
    return 'slow';
  });
  await cache.get('a');
  await cache.get('a');
  expect(cache.asked).toEqual(['a', 'a']);
});

test('callers that ask at once share one look-up', async () => {
  const cache = cacheOf(async (key) => key);
  expect(await Promise.all([cache.get('a'), cache.get('a'), cache.get('a')])).toEqual(['a', 'a', 'a']);
  expect(cache.asked).toEqual(['a']);
});

test('what is absent or fails is looked up every time', async () => {
  const absent = cacheOf(async () => undefined);
  expect([await absent.get('a'), await absent.get('a')]).toEqual([undefined, undefined]);
  expect(absent.asked).toEqual(['a', 'a']);

  const failing = cacheOf(() => Promise.reject(new Error('no connection')));
  await expect(failing.get('a')).rejects.toThrow('no connection');
  await expect(failing.get('a')).rejects.toThrow('no connection');
});

test('what is forgotten is looked up again, also while a look-up is under way', async () => {
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  let asked = 0;
  const cache = cacheOf(() => answers[asked++]!.promise);
  const before = cache.get('a');
  cache.forget('a');
  const after = cache.get('a');
  answers[1]!.resolve('new');
  answers[0]!.resolve('old');
  expect(await Promise.all([before, after])).toEqual(['old', 'new']);
  expect(await cache.get('a')).toBe('new');
});

test('beyond its capacity it lets go of what was looked up longest ago, and never for what is absent', async () => {
  const cache = cacheOf(async (key) => (key.startsWith('absent') ? undefined : key), 2);
  await cache.get('a');
  await cache.get('b');
  for (let n = 0; n < 5; n++) await cache.get(`absent ${n}`);
  cache.asked.length = 0;
  await cache.get('a');
  await cache.get('b');
  expect(cache.asked).toEqual([]);
  await cache.get('c');
  await cache.get('b');
  await cache.get('c');
  expect(cache.asked).toEqual(['c']);
  await cache.get('a');
  expect(cache.asked).toEqual(['c', 'a']);
});
