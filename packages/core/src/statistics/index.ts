export { type Difference, differenceOf } from './difference.ts';
export { fixedInterval, type Interval, sequentialInterval } from './intervals.ts';
export { type Moments, meanOf, momentsOf, NO_MOMENTS, varianceOf } from './moments.ts';
export { chanceOfShares, type Share, SUSPICIOUS_CHANCE } from './sample-ratio.ts';
export {
  type Estimate,
  FEWEST_PLAYERS,
  LARGEST_SKEWNESS,
  type Looking,
  type Uplift,
  upliftOf,
  type VerdictKey,
} from './verdict.ts';
