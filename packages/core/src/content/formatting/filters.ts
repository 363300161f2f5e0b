import type { Liquid } from 'liquidjs';
import { formatAmount } from '../../money/index.ts';
import { Stop } from '../template/stop.ts';
import type { Format } from './format.ts';
import { dateFormat, numberFormat, pluralRules } from './intl.ts';

interface Run {
  readonly context: { getRegister(name: string): unknown };
}

const formatOf = (run: Run): Format => run.context.getRegister('format') as Format;

/** Adds what players expect to see in their own way: money, numbers, dates and times, plurals. */
export function registerFormatting(liquid: Liquid): void {
  liquid.registerFilter('money', function (amount: unknown, code?: unknown) {
    return money(formatOf(this), amount, code);
  });
  liquid.registerFilter('number', function (value: unknown, decimals?: unknown) {
    const { locale } = formatOf(this);
    const fixed = decimals === undefined ? {} : fixedTo(decimals);
    return numberFormat(locale, fixed).format(numberOf(value));
  });
  liquid.registerFilter('date', function (value: unknown, style: unknown = 'medium') {
    return dateFormat(formatOf(this), { dateStyle: styleOf(style) }).format(instantOf(value));
  });
  liquid.registerFilter('time', function (value: unknown, style: unknown = 'short') {
    return dateFormat(formatOf(this), { timeStyle: styleOf(style) }).format(instantOf(value));
  });
  liquid.registerFilter('datetime', function (value: unknown, style: unknown = 'medium') {
    const both = { dateStyle: styleOf(style), timeStyle: 'short' } as const;
    return dateFormat(formatOf(this), both).format(instantOf(value));
  });
  liquid.registerFilter('plural', function (value: unknown, ...forms: unknown[]) {
    return plural(formatOf(this).locale, numberOf(value), new Map(forms as [string, unknown][]));
  });
}

/** An amount in minor units, exact to the last: 1999 EUR is 19.99. */
function money(format: Format, amount: unknown, code: unknown = format.currency): string {
  const currency = format.currencies.get(String(code));
  if (!currency) throw new Stop('filter_failed', `There is no currency ${String(code).slice(0, 20)}.`);
  const minor = numberOf(amount);
  if (!Number.isSafeInteger(minor))
    throw new Stop('filter_failed', 'An amount is a whole number of minor units, such as 1999 for 19.99.');
  const decimals = currency.exponent;
  const shown = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  const decimal = formatAmount(minor, currency) as Intl.StringNumericLiteral;
  // Only codes of three letters are currencies to Intl; an operator's own may be longer, or hold digits.
  if (/^[A-Z]{3}$/.test(currency.code))
    return numberFormat(format.locale, { ...shown, style: 'currency', currency: currency.code }).format(
      decimal,
    );
  return `${numberFormat(format.locale, shown).format(decimal)} ${currency.code}`;
}

/** @param forms by the plural category of the language; `other` is the one that has to be there. `#` stands for the number. */
function plural(locale: string, value: number, forms: ReadonlyMap<string, unknown>): string {
  const form = forms.get(pluralRules(locale).select(value)) ?? forms.get('other');
  if (form === undefined)
    throw new Stop(
      'filter_failed',
      'A plural has at least the form other: {{ n | plural: one: "# spin", other: "# spins" }}.',
    );
  return String(form).replaceAll('#', numberFormat(locale, {}).format(value));
}

function numberOf(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new Stop('filter_failed', 'The value is no number.');
}

const MOST_DECIMALS = 20;

function fixedTo(decimals: unknown): Intl.NumberFormatOptions {
  const digits = numberOf(decimals);
  if (!Number.isInteger(digits) || digits < 0 || digits > MOST_DECIMALS)
    throw new Stop('filter_failed', `Decimals are 0 to ${MOST_DECIMALS}.`);
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

/** Instants, RFC 3339: with an offset, since a wall-clock time alone is no instant. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Reads an instant. @returns undefined for what is none. */
export function readInstant(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !INSTANT.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function instantOf(value: unknown): Date {
  const at = readInstant(value);
  if (at) return at;
  throw new Stop('filter_failed', 'The value is no instant, such as 2026-03-01T10:00:00Z.');
}

const STYLES = ['short', 'medium', 'long', 'full'] as const;

function styleOf(style: unknown): (typeof STYLES)[number] {
  const found = STYLES.find((known) => known === style);
  if (found) return found;
  throw new Stop('filter_failed', `A style is one of ${STYLES.join(', ')}.`);
}
