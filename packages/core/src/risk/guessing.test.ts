import { expect, test } from 'vitest';
import { isGuessWave } from './guessing.ts';

test.each([
  ['a hundred wrong codes and nothing else', 100, 0, true],
  ['one less is what people mistype', 99, 0, false],
  ['as many right ones', 5_000, 5_000, false],
  ['one right one less', 5_000, 4_999, true],
  ['nobody tries anything', 0, 0, false],
])('a wave of guesses: %s', (_, wrong, known, is) => {
  expect(isGuessWave({ wrong, known })).toBe(is);
});
