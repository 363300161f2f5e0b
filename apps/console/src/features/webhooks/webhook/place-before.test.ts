import { expect, test } from 'vitest';
import { placeBefore } from './place-before.ts';

test.each([
  ['0000000000000042.000007', '0000000000000042.000006'],
  ['0000000000000042.000000', '0000000000000041.999999'],
  ['0000000000000100.000001', '0000000000000100.000000'],
  ['9007199254740993.000000', '9007199254740992.999999'],
])('the place before %s is %s', (sequence, before) => {
  expect(placeBefore(sequence)).toBe(before);
  expect(placeBefore(sequence) < sequence).toBe(true);
});
