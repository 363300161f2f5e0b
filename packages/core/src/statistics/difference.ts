import { type Moments, meanOf, thirdMomentOf, varianceOf } from './moments.ts';

/** How much more a player of one group came to than a player of another, and how sure that is. */
export interface Difference {
  /** Of the means, in the unit of the values. */
  readonly estimate: number;
  /** The standard deviation of `estimate`, by Welch: groups may be of different sizes and spreads. */
  readonly standardError: number;
  /**
   * How lopsided the distribution of `estimate` is: 0 for a normal one. A few players who won or lost a fortune make it
   * large, and then an interval that takes it for normal misses the truth more often than it says.
   */
  readonly skewness: number;
  /** Players that two groups of one size and the same spread would have together over four: n₁n₂ ÷ (n₁ + n₂). */
  readonly information: number;
}

/** Undefined while a group has fewer than two players, or nobody's value differs from anybody's in the group. */
export function differenceOf(treated: Moments, control: Moments): Difference | undefined {
  if (treated.count < 2 || control.count < 2) return undefined;
  const variance = varianceOf(treated) / treated.count + varianceOf(control) / control.count;
  if (variance === 0) return undefined;
  const third = thirdMomentOf(treated) / treated.count ** 2 - thirdMomentOf(control) / control.count ** 2;
  return {
    estimate: meanOf(treated) - meanOf(control),
    standardError: Math.sqrt(variance),
    skewness: third / variance ** 1.5,
    information: (treated.count * control.count) / (treated.count + control.count),
  };
}
