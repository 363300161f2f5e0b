import type { PlayerEstimate } from '@promosmith/contract';

/** Standard deviations that 95 of 100 of a normal distribution are within. */
const Z = 1.96;

/**
 * How many there are in all when so many were found in a share of all, taken at random.
 *
 * The number found then has a Poisson distribution; its bounds are Byar's approximation, which is within one part in a
 * hundred of the exact ones from one found on (Breslow & Day, Statistical Methods in Cancer Research II, 1987, p. 69).
 *
 * @param share above 0; at 1 all were looked at, and nothing is estimated.
 */
export function estimate(found: number, share: number): PlayerEstimate {
  if (share >= 1) return { count: found, low: found, high: found };
  const most = found + 1;
  const low = found === 0 ? 0 : found * (1 - 1 / (9 * found) - Z / (3 * Math.sqrt(found))) ** 3;
  const high = most * (1 - 1 / (9 * most) + Z / (3 * Math.sqrt(most))) ** 3;
  return {
    count: Math.round(found / share),
    // Those that were found are there, whatever the share.
    low: Math.max(found, Math.floor(low / share)),
    high: Math.ceil(high / share),
  };
}
