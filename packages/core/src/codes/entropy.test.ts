import { describe, expect, it } from 'vitest';
import {
  CROCKFORD,
  codeStrength,
  createPattern,
  DEFAULT_PATTERN,
  duplicateLikelyAfter,
  evenWeights,
  expectedDuplicates,
  guessesPerHit,
  patternStrength,
  weightsAfterFolding,
} from './index.ts';

const SEED_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

describe('six of 62 characters, folded to upper case afterwards', () => {
  const strength = codeStrength(weightsAfterFolding(SEED_CHARACTERS), 6);

  it('are about 30.5 bits, not the 35.7 they seem', () => {
    expect(strength.bits).toBeCloseTo(30.45, 2);
    expect(6 * Math.log2(62)).toBeCloseTo(35.7, 1);
    expect(strength.possibleCodes).toBe(36n ** 6n);
  });

  it('repeat, likelier than not, after about 45,000', () => {
    expect(Math.round(duplicateLikelyAfter(strength) / 1_000)).toBe(45);
  });

  it('are easier to guess than to repeat, letters being twice as likely', () => {
    expect(guessesPerHit(strength, 1)).toBeCloseTo(31 ** 6, 0);
    expect(strength.guessBits).toBeLessThan(strength.bits);
  });
});

describe('the default pattern', () => {
  const pattern = createPattern(DEFAULT_PATTERN);
  if (!pattern.ok) throw new Error(pattern.refusal.message);
  const strength = patternStrength(pattern.value);

  it('has 70 bits, the check symbol not counted', () => {
    expect(strength).toEqual({ possibleCodes: 32n ** 14n, bits: 70, guessBits: 70 });
  });

  it('is hit once in 10^15 guesses with a million live codes', () => {
    expect(guessesPerHit(strength, 1_000_000)).toBeCloseTo(2 ** 70 / 1e6, -3);
  });

  it('hardly ever repeats among a million', () => {
    expect(expectedDuplicates(strength, 1_000_000)).toBeLessThan(1e-9);
  });
});

describe('chances', () => {
  const birthdays = codeStrength(new Array(365).fill(1), 1);

  it('of a shared birthday: likelier than not among 23', () => {
    expect(duplicateLikelyAfter(birthdays)).toBe(23);
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 1 / 365],
    [28, 378 / 365],
  ])('%i people: %d pairs with the same birthday', (people, pairs) => {
    expect(expectedDuplicates(birthdays, people)).toBeCloseTo(pairs, 10);
  });

  it('of a hit never exceed one a guess', () => {
    expect(guessesPerHit(codeStrength(evenWeights(CROCKFORD), 1), 1_000)).toBe(1);
  });
});
