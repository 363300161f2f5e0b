/** What a campaign earned and cost: figures of sums, exact, in minor units and basis points (DOMAIN §8). */
export { convert, type ExchangeRate } from './convert.ts';
export { type Earned, type Earnings, earningsOf, feesOf, rateOf } from './earnings.ts';
export { type Group, roiOf, upliftOf } from './uplift.ts';
