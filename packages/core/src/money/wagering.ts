import { type Minor, requireMinor, requireNonNegative, scaleDown } from './minor.ts';

/**
 * Turnover in 1/10,000 of a minor unit, as bigint. Fine enough that any stake times any contribution in basis
 * points is whole: a thousand bets of 0.25 at 10 % count exactly 25.00, and nothing is rounded on the way.
 */
export type WagerUnits = bigint;

/** Wager units in one minor unit. */
export const WAGER_UNIT = 10_000;

/** What the multiplier is applied to. `depositPart` is the whole deposit or its matched part, as the terms say. */
export type WageringBase =
  | { readonly base: 'bonus'; readonly bonus: Minor }
  | { readonly base: 'deposit_plus_bonus'; readonly bonus: Minor; readonly depositPart: Minor }
  | { readonly base: 'winnings'; readonly winnings: Minor };

/** The amount in minor units that the multiplier is applied to. */
export function wageringBaseAmount(of: WageringBase): Minor {
  switch (of.base) {
    case 'bonus':
      return requireNonNegative(of.bonus);
    case 'deposit_plus_bonus':
      return requireMinor(requireNonNegative(of.depositPart) + requireNonNegative(of.bonus));
    case 'winnings':
      return requireNonNegative(of.winnings);
  }
}

/** Turnover required: base amount × multiplier, the multiplier as an integer ×100 (35× is 3500). Exact. */
export function wageringRequired(base: Minor, multiplierX100: number): WagerUnits {
  return (
    (BigInt(requireNonNegative(base)) * BigInt(requireNonNegative(multiplierX100)) * BigInt(WAGER_UNIT)) /
    100n
  );
}

/**
 * The largest base whose turnover is still a safe integer in wager units. Whatever keeps turnover as a number stays
 * below it, so that nothing is rounded.
 */
export const largestWageringBase = (multiplierX100: number): Minor =>
  multiplierX100 === 0
    ? Number.MAX_SAFE_INTEGER
    : scaleDown(Number.MAX_SAFE_INTEGER, 100, multiplierX100 * WAGER_UNIT);

/** Turnover in whole minor units, rounded down, for showing it. Decisions compare wager units. */
export function wagerToMinor(units: WagerUnits): Minor {
  return requireMinor(Number(units / BigInt(WAGER_UNIT)));
}
