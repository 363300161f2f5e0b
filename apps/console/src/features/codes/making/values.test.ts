import { expect, it } from 'vitest';
import { linesOf, meterOf, patternOf, strengthOf } from './values.ts';

it.each([
  ['one\ntwo\nthree', ['one', 'two', 'three']],
  [' one , two;three\tfour ', ['one', 'two', 'three', 'four']],
  ['one\r\n\r\none\n', ['one']],
  ['  \n ', []],
])('reads %j as %j', (text, players) => {
  expect(linesOf(text)).toEqual(players);
});

it('leaves out what the house decides', () => {
  expect(patternOf({ pattern: ' ', alphabet: '', allowOffensive: false })).toEqual({ allowOffensive: false });
  expect(patternOf({ pattern: 'SUN-####', alphabet: 'ABCD', allowOffensive: true })).toEqual({
    pattern: 'SUN-####',
    alphabet: 'ABCD',
    allowOffensive: true,
  });
});

it.each([
  [999_999, 'weak'],
  [1e6, 'fair'],
  [1e9 - 1, 'fair'],
  [1e9, 'strong'],
] as const)('one hit in %d guesses is %s', (guesses, strength) => {
  expect(strengthOf(guesses)).toBe(strength);
});

it('never shows an empty meter, nor more than a full one', () => {
  expect([0, 40, 80, 200].map(meterOf)).toEqual([2, 50, 100, 100]);
});
