import { expect, test } from 'vitest';
import { changed } from './changed.ts';

test.each([
  ['nothing', { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, []],
  ['a field', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ path: 'b', before: 2, after: 3 }]],
  ['a field within', { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }, [{ path: 'a.b', before: 1, after: 2 }]],
  ['a list, whole', { a: [1] }, { a: [1, 2] }, [{ path: 'a', before: [1], after: [1, 2] }]],
  [
    'what is new',
    null,
    { a: 1, b: { c: 2 } },
    [
      { path: 'a', before: undefined, after: 1 },
      { path: 'b.c', before: undefined, after: 2 },
    ],
  ],
  ['what is gone', { a: 1 }, null, [{ path: 'a', before: 1, after: undefined }]],
  ['a value that was an object', { a: { b: 1 } }, { a: 2 }, [{ path: 'a.b', before: 1, after: undefined }]],
])('tells of %s', (_, before, after, expected) => {
  expect(changed(before, after)).toEqual(expected);
});
