import {
  BASIS_POINTS,
  type BasisPoints,
  type Minor,
  requireNonNegative,
  scaleDown,
  shareOf,
} from './minor.ts';

/** The bonus for a deposit: its share in basis points, rounded down, at most `cap`. */
export function matchBonus(deposit: Minor, match: BasisPoints, cap?: Minor): Minor {
  const bonus = shareOf(deposit, match);
  return cap === undefined ? bonus : Math.min(bonus, requireNonNegative(cap));
}

/**
 * The part of a deposit that earned the bonus: all of it until the cap bites, then `cap ÷ match`. Rounded
 * down, so that the odd minor unit never adds to a player's wagering.
 */
export function matchedDeposit(deposit: Minor, match: BasisPoints, cap?: Minor): Minor {
  if (cap === undefined || shareOf(deposit, match) <= cap) return requireNonNegative(deposit);
  return scaleDown(cap, BASIS_POINTS, match);
}

/** A win divided between the money that staked it. */
export interface WinSplit {
  readonly real: Minor;
  readonly bonus: Minor;
}

/**
 * Divides a win pro rata to the stake's funding; the odd minor unit goes to the bonus part, so `real + bonus`
 * is always the win. Throws RangeError when nothing was staked.
 */
export function splitWin(win: Minor, stake: WinSplit): WinSplit {
  const total = requireNonNegative(stake.real) + requireNonNegative(stake.bonus);
  const real = scaleDown(win, stake.real, total);
  return { real, bonus: win - real };
}
