import fc from 'fast-check';
import { v5, validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { firstIdAt, idAfter, newId, playerId } from './ids.ts';

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

it('counts on from an id, past the end of its last part too', () => {
  const id = newId();
  const ids = Array.from({ length: 1_000 }, (_, n) => idAfter(id, n));
  expect(ids[0]).toBe(id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((one) => validate(one) && version(one) === 7)).toBe(true);
  expect(idAfter('01a20237-67a2-7000-8e72-ffffffffffff', 2)).toBe('01a20237-67a2-7000-8e72-000000000001');
});

it('derives the id of a player as UUIDv5 does', () => {
  const brandId = newId();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (externalId) => {
      expect(playerId(brandId, externalId)).toBe(v5(externalId, brandId));
    }),
  );
});
