import { describe, expect, test } from 'vitest';
import { codeStrength, duplicateLikelyAfter, weightsAfterFolding } from '../codes/index.ts';
import { estimateRandomness } from './randomness.ts';

/** The same numbers at every run (Park and Miller). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const BOTH_CASES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Six symbols of both cases and digits, in capitals: a letter is twice as likely as a digit. */
function folded(random: () => number): string {
  const symbols = Array.from({ length: 6 }, () => BOTH_CASES.charAt(Math.floor(random() * 62)));
  return symbols.join('').toUpperCase();
}

const sample = (count: number, make: (random: () => number, n: number) => string): string[] => {
  const random = generator(20_261_122);
  return Array.from({ length: count }, (_, n) => make(random, n));
};

describe('six symbols that were folded to capitals', () => {
  const exact = codeStrength(weightsAfterFolding(BOTH_CASES), 6);
  const estimate = estimateRandomness(sample(20_000, folded));

  test('are worth what the alphabet says: 30.5 bits', () => {
    expect(exact.bits).toBeCloseTo(30.45, 2);
    expect(Math.abs(estimate.collisionBits - exact.bits)).toBeLessThan(estimate.marginBits);
    expect(estimate.marginBits).toBeLessThan(0.1);
    expect(estimate.basis).toBe('symbols');
  });

  test('repeat after about 45,000', () => {
    expect(duplicateLikelyAfter(exact)).toBeCloseTo(45_136, -2);
    expect(estimate.duplicateLikelyAfter).toBeGreaterThan(43_500);
    expect(estimate.duplicateLikelyAfter).toBeLessThan(46_500);
  });

  test('are guessed more easily than they repeat, and measured by Shannon look better than they are', () => {
    expect(estimate.guessBits).toBeLessThan(exact.guessBits);
    expect(estimate.guessBits).toBeGreaterThan(exact.guessBits - 1);
    expect(estimate.guessBits).toBeLessThan(estimate.collisionBits);
    expect(estimate.shannonBits).toBeCloseTo(30.69, 1);
    expect(estimate.shannonBits).toBeGreaterThan(estimate.collisionBits);
  });

  test('are said to have at least what the sample shows by itself', () => {
    expect(estimate.atLeastBits).toBeGreaterThan(24);
    expect(estimate.atLeastBits).toBeLessThan(exact.bits);
  });
});

test('values that never change are worth nothing', () => {
  expect(estimateRandomness(sample(1_000, () => 'WELCOME'))).toMatchObject({
    shannonBits: 0,
    collisionBits: 0,
    marginBits: 0,
    guessBits: 0,
    atLeastBits: 0,
    duplicateLikelyAfter: 2,
  });
});

test('symbols that depend on each other are found by the duplicates', () => {
  const words = ['ALPHA7', 'BRAVO2', 'CHARLY', 'DELTA9'];
  const estimate = estimateRandomness(sample(5_000, (random) => words[Math.floor(random() * 4)] ?? ''));
  expect(estimate.basis).toBe('pairs');
  expect(estimate.collisionBits).toBeCloseTo(2, 1);
  expect(estimate.shannonBits).toBeCloseTo(2, 1);
});

test('an even choice of one symbol of sixteen has four bits by every measure', () => {
  const estimate = estimateRandomness(sample(20_000, (random) => Math.floor(random() * 16).toString(16)));
  for (const bits of [estimate.shannonBits, estimate.collisionBits, estimate.guessBits])
    expect(bits).toBeCloseTo(4, 0);
  expect(Math.abs(estimate.collisionBits - 4)).toBeLessThan(0.01);
});

test('a fixed beginning adds nothing, and a length that varies is part of the value', () => {
  const plain = estimateRandomness(sample(5_000, folded));
  const prefixed = estimateRandomness(sample(5_000, (random) => `SPRING-${folded(random)}`));
  expect(prefixed.collisionBits).toBeCloseTo(plain.collisionBits, 10);
  const lengths = estimateRandomness(sample(5_000, (random) => 'X'.repeat(Math.floor(random() * 8))));
  expect(lengths.collisionBits).toBeCloseTo(3, 1);
});

test('values of which none came twice are not called endless', () => {
  const estimate = estimateRandomness(['a', 'b', 'c']);
  expect(estimate.collisionBits).toBeLessThan(3);
  expect(estimate.atLeastBits).toBe(0);
});

test('one value tells nothing', () => {
  expect(() => estimateRandomness(['A'])).toThrow(RangeError);
});
