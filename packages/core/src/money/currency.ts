import { type FieldError, ok, type Result, refuse } from '../result.ts';
import { ISO_4217 } from './iso4217.ts';

/** A currency: its code and how many decimals its minor unit stands for (EUR 2, JPY 0, KWD 3). */
export interface Currency {
  readonly code: string;
  readonly exponent: number;
}

/** Currencies known to a brand, by code. Made by `createCurrencyTable`. */
export type CurrencyTable = ReadonlyMap<string, Currency>;

/** Largest exponent of a configured currency: 8, that of bitcoin. */
export const MAX_EXPONENT = 8;

const CODE = /^[A-Z][A-Z0-9]{2,9}$/;

const ISO_CURRENCIES: readonly Currency[] = Object.entries(ISO_4217).flatMap(([exponent, codes]) =>
  codes.split(/\s+/).map((code) => ({ code, exponent: Number(exponent) })),
);

/**
 * ISO 4217 plus the operator's own currencies, such as crypto or play money. Refused with one error per
 * entry when a code is malformed, an exponent is outside 0–8, or a code is defined twice: an operator cannot
 * give an ISO currency another exponent, since stored amounts would change their meaning.
 */
export function createCurrencyTable(configured: readonly Currency[] = []): Result<CurrencyTable> {
  const table = new Map(ISO_CURRENCIES.map((currency) => [currency.code, currency]));
  const errors: FieldError[] = [];
  for (const [index, { code, exponent }] of configured.entries()) {
    const reason = whyUnfit(code, exponent, table);
    if (reason) errors.push({ field: `currencies.${index}`, reason });
    else table.set(code, { code, exponent });
  }
  return errors.length === 0
    ? ok(table)
    : refuse('currencies_invalid', 'The configured currencies cannot be used.', errors);
}

function whyUnfit(code: string, exponent: number, table: CurrencyTable): string | undefined {
  if (!CODE.test(code)) return 'code must be 3 to 10 capital letters or digits and begin with a letter';
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT)
    return `exponent must be a whole number from 0 to ${MAX_EXPONENT}`;
  if (table.has(code)) return `${code} is defined already`;
  return undefined;
}

/** What is wrong with a currency that a field may name: `unknown_currency`, and what to do about it. */
export function currencyErrors(
  table: CurrencyTable,
  field: string,
  code: string | null | undefined,
): FieldError[] {
  if (code === null || code === undefined) return [];
  const found = findCurrency(table, code);
  if (found.ok) return [];
  return [
    { field, reason: found.refusal.message, fix: 'add it to the currencies of the brand, or use another' },
  ];
}

/** The currency of a code exactly as written (`EUR`, not `eur`), or the refusal `unknown_currency`. */
export function findCurrency(table: CurrencyTable, code: string): Result<Currency> {
  const currency = table.get(code);
  if (currency) return ok(currency);
  return refuse(
    'unknown_currency',
    CODE.test(code)
      ? `${code} is neither an ISO 4217 currency nor configured here.`
      : 'A currency is written as its code, such as EUR.',
  );
}
