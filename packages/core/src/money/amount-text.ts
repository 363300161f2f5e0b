import { ok, type Result, refuse } from '../result.ts';
import type { Currency } from './currency.ts';
import { type Minor, requireMinor } from './minor.ts';

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Longer texts are refused before they are looked at; 2^53 with 8 decimals has 17 characters. */
const MAX_TEXT = 40;

/**
 * Reads a decimal such as `19.99` into minor units of the currency, without ever passing through a float.
 * The point is the only separator: no grouping, no exponent notation, no plus sign, no surrounding space.
 * Refusals: `amount_malformed`, `amount_too_many_decimals` (nothing is rounded away, not even a zero),
 * `amount_negative` unless allowed, `amount_too_large`.
 */
export function parseAmount(text: string, currency: Currency, { allowNegative = false } = {}): Result<Minor> {
  const parts = text.length <= MAX_TEXT ? DECIMAL.exec(text) : null;
  if (!parts) return refuse('amount_malformed', 'An amount is written as a decimal, such as 19.99.');
  const [, sign, whole = '', fraction = ''] = parts;
  if (fraction.length > currency.exponent)
    return refuse('amount_too_many_decimals', `${currency.code} has ${currency.exponent} decimals.`);
  const units = BigInt(whole + fraction.padEnd(currency.exponent, '0'));
  if (units > BigInt(Number.MAX_SAFE_INTEGER))
    return refuse('amount_too_large', 'The amount is too large to be exact.');
  if (sign && units > 0n && !allowNegative)
    return refuse('amount_negative', 'The amount must not be negative.');
  return ok(requireMinor(Number(sign ? -units : units)));
}

/** Writes minor units as the plain decimal `parseAmount` reads: 1999 EUR → `19.99`, 5000 JPY → `5000`. */
export function formatAmount(amount: Minor, currency: Currency): string {
  const digits = String(Math.abs(requireMinor(amount))).padStart(currency.exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (currency.exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -currency.exponent)}.${digits.slice(-currency.exponent)}`;
}
