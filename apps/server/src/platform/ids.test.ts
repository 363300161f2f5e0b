import fc from 'fast-check';
import { v5, validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { firstIdAt, newId, playerId } from './ids.ts';

it('makes UUIDs of version 7 that carry the time', () => {
  const before = Date.now();
  const id = newId();
  expect([validate(id), version(id)]).toEqual([true, 7]);
  expect(id >= firstIdAt(before)).toBe(true);
  expect(id < firstIdAt(Date.now() + 1000)).toBe(true);
});

it('never makes two alike, and always one that sorts after the last', () => {
  const ids = Array.from({ length: 50_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});

it('derives the id of a player as UUIDv5 does', () => {
  const brandId = newId();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (externalId) => {
      expect(playerId(brandId, externalId)).toBe(v5(externalId, brandId));
    }),
  );
});
