import { expect, test } from 'vitest';
import { depthOf } from './json-body.ts';

test.each([
  ['7', 0],
  ['{}', 1],
  ['[{"a": [1]}, {"b": {}}]', 3],
  ['{"a": "[[[{{{"}', 1],
  ['{"a": "\\"[[["}', 1],
  ['{"a\\\\": [[]]}', 3],
  ['[[[', 3],
  [']]][', 0],
])('%s is nested %i deep', (text, depth) => {
  expect(depthOf(text)).toBe(depth);
});
