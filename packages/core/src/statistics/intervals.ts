import type { Difference } from './difference.ts';

/** Between which values a difference is, with a confidence of 95 %. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of every hundred intervals that say they are right, five may be wrong. */
const ALPHA = 0.05;
/** The point that a standard normal value is above in 2.5 of 100 cases. */
const Z = 1.959963984540054;

/** For who looks once, at a time that was set before: covers the truth in 95 of 100 experiments. */
export const fixedInterval = ({ estimate, standardError }: Difference): Interval =>
  around(estimate, Z * standardError);

/**
 * For who looks as often as they like and stops when they like what they see: in 95 of 100 experiments it covers the truth
 * at all looks. It is wider than `fixedInterval`, by about a half where it is narrowest.
 *
 * An asymptotic confidence sequence by Robbins' normal mixture (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of
 * Statistics 2024, theorem 2.2), of a difference whose increments are independent as information grows.
 *
 * @param tunedFor at which `information` it is to be narrowest. Set before the first look, and never changed.
 */
export function sequentialInterval(
  { estimate, standardError, information }: Difference,
  tunedFor: number,
): Interval {
  const eta = tunedFor / TIGHTEST;
  const grown = (information + eta) / information;
  const width = Math.sqrt(grown * Math.log((information + eta) / (eta * ALPHA ** 2)));
  return around(estimate, width * standardError);
}

/** −W₋₁(−α²/e) − 1: of a mixture with 1/8.23 of some information, the bound is tightest there (Howard et al. 2021). */
const TIGHTEST = tightest();

/** Solves w − ln(w) = 1 − 2 ln(α) for w > 1, which is Lambert's function on its lower branch. */
function tightest(): number {
  const right = 1 - 2 * Math.log(ALPHA);
  let w = right;
  for (let step = 0; step < 50; step++) w = right + Math.log(w);
  return w - 1;
}

const around = (middle: number, half: number): Interval => ({ low: middle - half, high: middle + half });
