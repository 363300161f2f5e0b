import { ok, type Result, refuse } from '../result.ts';

/**
 * An amount of money in minor units of its currency (cents, fils, yen): a safe integer. Which currency is
 * kept beside it, never in it.
 */
export type Minor = number;

/** Basis points: 10,000 is 100 %. */
export type BasisPoints = number;

export const BASIS_POINTS = 10_000;

/**
 * Guard of the helpers in this folder: returns the amount, or throws RangeError when it is not a safe
 * integer. Input from outside is checked with `checkMinor` first, so reaching this is a bug.
 */
export function requireMinor(value: number): Minor {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an amount in minor units: ${value}`);
  return value === 0 ? 0 : value;
}

/** `requireMinor` for amounts that cannot be below zero: stakes, deposits, rates, multipliers. */
export function requireNonNegative(value: number): Minor {
  if (value < 0) throw new RangeError(`must not be negative: ${value}`);
  return requireMinor(value);
}

/** Validates an amount that came from outside. Refusals: `amount_not_whole`, `amount_negative`, `amount_too_large`. */
export function checkMinor(value: number, { allowNegative = false } = {}): Result<Minor> {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return refuse('amount_too_large', 'The amount is too large to be exact.');
  if (!Number.isInteger(value))
    return refuse('amount_not_whole', 'An amount is a whole number of minor units, such as 1999 for 19.99.');
  if (value < 0 && !allowNegative) return refuse('amount_negative', 'The amount must not be negative.');
  return ok(requireMinor(value));
}

/** Sum of amounts of one currency. Throws RangeError when any step leaves the safe integers. */
export function addMinor(...amounts: readonly Minor[]): Minor {
  return amounts.reduce((sum, amount) => requireMinor(sum + requireMinor(amount)), 0);
}

/**
 * `amount × numerator ÷ denominator`, rounded down, exact whatever the size of the product. All three must
 * not be negative and the denominator not zero, else RangeError.
 */
export function scaleDown(amount: Minor, numerator: number, denominator: number): Minor {
  const product = requireNonNegative(amount) * requireNonNegative(numerator);
  if (requireNonNegative(denominator) === 0) throw new RangeError('cannot divide by zero');
  // Taking the remainder off first, as a quotient rounded to a double may be the next whole number.
  if (product <= Number.MAX_SAFE_INTEGER) return (product - (product % denominator)) / denominator;
  return requireMinor(Number((BigInt(amount) * BigInt(numerator)) / BigInt(denominator)));
}

/** A share of an amount, rounded down to a whole minor unit: `shareOf(3333, 5000)` is 1666. */
export function shareOf(amount: Minor, share: BasisPoints): Minor {
  return scaleDown(amount, share, BASIS_POINTS);
}
