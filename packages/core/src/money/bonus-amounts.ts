import {
  BASIS_POINTS,
  type BasisPoints,
  type Minor,
  requireNonNegative,
  scaleDown,
  shareOf,
} from './minor.ts';

/**
 * Whether the share of a deposit, rounded down, is above the cap. It may be above every safe integer as well: a cap
 * bounds the bonus of any deposit.
 */
const isCapped = (deposit: Minor, match: BasisPoints, cap: Minor): boolean =>
  BigInt(requireNonNegative(deposit)) * BigInt(requireNonNegative(match)) >=
  (BigInt(requireNonNegative(cap)) + 1n) * BigInt(BASIS_POINTS);

/** The bonus for a deposit: its share in basis points, rounded down, at most `cap`. */
export const matchBonus = (deposit: Minor, match: BasisPoints, cap?: Minor): Minor =>
  cap !== undefined && isCapped(deposit, match, cap) ? cap : shareOf(deposit, match);

/**
 * The part of a deposit that earned the bonus: all of it until the cap bites, then `cap ÷ match`. Rounded
 * down, so that the odd minor unit never adds to a player's wagering.
 */
export function matchedDeposit(deposit: Minor, match: BasisPoints, cap?: Minor): Minor {
  if (cap === undefined || !isCapped(deposit, match, cap)) return requireNonNegative(deposit);
  return scaleDown(cap, BASIS_POINTS, match);
}
