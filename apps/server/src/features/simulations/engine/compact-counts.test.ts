import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCompactCounts } from './compact-counts.ts';

test('it is a map of numbers', () => {
  const changes = fc.array(
    fc.tuple(fc.string({ maxLength: 12 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  );
  fc.assert(
    fc.property(changes, (all) => {
      const [compact, plain] = [createCompactCounts(), new Map<string, number>()];
      for (const [key, value] of all) {
        compact.set(key, value);
        plain.set(key, value);
        expect(compact.get(key)).toBe(value);
      }
      for (const [key, value] of plain) expect(compact.get(key)).toBe(value);
      expect(compact.size).toBe(plain.size);
      expect([...compact.values()].sort()).toEqual([...plain.values()].sort());
    }),
  );
});

test('it tells keys apart that are alike, however many', () => {
  const counts = createCompactCounts();
  for (let n = 0; n < 200_000; n++) counts.set(`spring:p:player-${n}`, n);
  expect(counts.size).toBe(200_000);
  for (let n = 0; n < 200_000; n += 997) expect(counts.get(`spring:p:player-${n}`)).toBe(n);
  expect(counts.get('spring:p:player-200000')).toBe(0);
});
