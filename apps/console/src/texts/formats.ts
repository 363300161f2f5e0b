import { language } from './language.ts';

/** Making a format takes a hundred times what formatting with it does, and lists format in every cell. */
const made = new Map<string, unknown>();

function once<Format>(kind: string, options: object, make: (language: string) => Format): Format {
  const key = `${kind} ${language()} ${JSON.stringify(options)}`;
  const known = made.get(key) as Format | undefined;
  if (known) return known;
  const format = make(language());
  made.set(key, format);
  return format;
}

/** Writes numbers in the language of the page. */
export const numberFormat = (options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  once('number', options, (of) => new Intl.NumberFormat(of, options));

/** Writes instants in the language of the page; in the reader's time zone unless told another one. */
export const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  once('date', options, (of) => new Intl.DateTimeFormat(of, options));

/** Writes how long ago or ahead something is, in the language of the page. */
export const relativeFormat = (options: Intl.RelativeTimeFormatOptions): Intl.RelativeTimeFormat =>
  once('relative', options, (of) => new Intl.RelativeTimeFormat(of, options));

/** Names languages or regions in the language of the page. */
export const nameFormat = (options: Intl.DisplayNamesOptions): Intl.DisplayNames =>
  once('name', options, (of) => new Intl.DisplayNames(of, options));

/** What stands between the thousands and before the decimals, as inputs of large numbers take it. */
export function separators(): { thousandSeparator: string; decimalSeparator: string } {
  const parts = numberFormat().formatToParts(12_345.6);
  const of = (name: Intl.NumberFormatPartTypes) => parts.find(({ type }) => type === name)?.value ?? '';
  return { thousandSeparator: of('group'), decimalSeparator: of('decimal') };
}
