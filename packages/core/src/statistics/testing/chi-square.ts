import type { Share } from '../index.ts';

/**
 * How likely it is that shares as far from their weights, or farther, come about by chance: Pearson's chi-square test, which
 * is for one look at many players.
 * @returns 1 where there is nothing to compare.
 */
export function chanceOfOneLook(shares: readonly Share[]): number {
  const players = shares.reduce((sum, share) => sum + share.players, 0);
  const weights = shares.reduce((sum, share) => sum + share.weight, 0);
  if (players === 0 || weights === 0 || shares.length < 2) return 1;
  const distance = shares.reduce((sum, share) => {
    const expected = (players * share.weight) / weights;
    return sum + (share.players - expected) ** 2 / expected;
  }, 0);
  return chiSquareTail(distance, shares.length - 1);
}

/** The chance that a chi-square value of so many degrees of freedom is above `x`: Γ(k/2, x/2) ÷ Γ(k/2), by recurrence. */
function chiSquareTail(x: number, freedom: number): number {
  const half = x / 2;
  const isOdd = freedom % 2 === 1;
  // Q(a + 1, x) = Q(a, x) + x^a e^−x ÷ Γ(a + 1), from Q(1/2, x) = erfc(√x) or Q(1, x) = e^−x.
  let tail = isOdd ? complementaryError(Math.sqrt(half)) : Math.exp(-half);
  let a = isOdd ? 0.5 : 1;
  let term = isOdd ? 2 * Math.sqrt(half / Math.PI) * Math.exp(-half) : half * Math.exp(-half);
  for (; a < freedom / 2; a++) {
    tail += term;
    term *= half / (a + 1);
  }
  return Math.min(1, tail);
}

/** erfc for x ≥ 0, within 1.2e-7 of itself everywhere, the far end included (Numerical Recipes' Chebyshev fit). */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const fit = COEFFICIENTS.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + fit);
}

const COEFFICIENTS = [
  ...[-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806],
  ...[0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277],
];
