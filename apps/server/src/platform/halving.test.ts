import fc from 'fast-check';
import { expect, it } from 'vitest';
import { halving } from './halving.ts';

it('works on every item that can be worked on, once and in order, and names the others', async () => {
  const items = fc.array(fc.record({ name: fc.nat(), isBad: fc.boolean() }));
  const property = fc.asyncProperty(items, async (items) => {
    const done: unknown[] = [];
    const bad: unknown[] = [];
    const work = async (some: readonly (typeof items)[number][]) => {
      if (some.some(({ isBad }) => isBad)) throw new Error('one of these is bad');
      done.push(...some);
      return some;
    };
    const results = await halving(items, work, (item) => bad.push(item));
    expect(done).toEqual(items.filter(({ isBad }) => !isBad));
    expect(bad).toEqual(items.filter(({ isBad }) => isBad));
    expect(results.flat()).toEqual(done);
  });
  await fc.assert(property);
});

it('asks once for items that are all good', async () => {
  const asked: number[] = [];
  await halving(
    Array.from({ length: 500 }, (_, n) => n),
    async (some) => asked.push(some.length),
    () => {},
  );
  expect(asked).toEqual([500]);
});

it('blames no item when the database is away', async () => {
  const bad: number[] = [];
  const away = async () => {
    throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
  };
  await expect(halving([1, 2, 3], away, (item) => bad.push(item))).rejects.toThrow('ECONNREFUSED');
  expect(bad).toEqual([]);
});
