import type { RowOf } from '../../api/index.ts';

export type Rate = RowOf<'listCurrencyRates'>;

const DECIMAL = /^\d{1,12}(?:\.\d{1,12})?$/;

/**
 * A rate that was typed, as the server takes it. Thousands are not set apart: that nobody can take 1.085 for a thousand,
 * both a point and a comma begin the decimals.
 */
export function plainRate(typed: string): string | undefined {
  const text = typed.trim().replace(',', '.');
  return DECIMAL.test(text) && /[1-9]/.test(text) ? text : undefined;
}

/** @param plain `0.9273`. @returns it with the reader's decimal point, to be read and typed alike. */
export const shownRate = (plain: string, decimalSeparator: string): string =>
  plain.replace('.', decimalSeparator);

export const CURRENCY = /^[A-Z][A-Z0-9]{2,9}$/;

/** Whether there is such a day in the calendar, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Which rate an address means. */
export const keyOf = ({ day, currency, into }: Omit<Rate, 'rate'>): string => `${day}.${currency}.${into}`;

/** @returns undefined for what names no rate: addresses are typed, too. */
export function readRateKey(key: string | undefined): Omit<Rate, 'rate'> | undefined {
  const [day = '', currency = '', into = ''] = key?.split('.') ?? [];
  return isDay(day) && CURRENCY.test(currency) && CURRENCY.test(into) ? { day, currency, into } : undefined;
}
