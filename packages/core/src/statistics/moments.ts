/**
 * What a comparison needs to know of the values of a group, one of each player: enough to tell how sure a mean is, however
 * many players there are. Groups add up, so that sums kept in a database will do.
 */
export interface Moments {
  /** Players, those who did nothing included: their value is 0. */
  readonly count: number;
  /** Of their values, in the unit that the values are in. */
  readonly sum: number;
  /** Of the squares of their values. */
  readonly squares: number;
  /** Of the third powers of their values. */
  readonly cubes: number;
}

export const NO_MOMENTS: Moments = { count: 0, sum: 0, squares: 0, cubes: 0 };

export function momentsOf(values: Iterable<number>): Moments {
  let [count, sum, squares, cubes] = [0, 0, 0, 0];
  for (const value of values) {
    count++;
    sum += value;
    squares += value * value;
    cubes += value * value * value;
  }
  return { count, sum, squares, cubes };
}

/** The mean of a group's values; 0 without players. */
export const meanOf = ({ count, sum }: Moments): number => (count === 0 ? 0 : sum / count);

/** The unbiased variance of a group's values; 0 of fewer than two players. */
export function varianceOf({ count, sum, squares }: Moments): number {
  if (count < 2) return 0;
  // What rounding leaves of values that are all the same may be below 0.
  return Math.max(0, (squares - (sum * sum) / count) / (count - 1));
}

/** The mean third power of what values are away from their mean: 0 where they lie the same on both sides of it. */
export function thirdMomentOf(moments: Moments): number {
  const { count, squares, cubes } = moments;
  if (count === 0) return 0;
  const mean = meanOf(moments);
  return cubes / count - (3 * mean * squares) / count + 2 * mean ** 3;
}
