import type { Format } from './format.ts';

/** Making a formatter costs far more than using it. There are as many as locales, zones and currencies in use. */
const MOST = 1_000;

function kept<Formatter, Options>(make: (locale: string, options: Options) => Formatter) {
  const made = new Map<string, Formatter>();
  return (locale: string, options: Options): Formatter => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known) return known;
    if (made.size >= MOST) made.clear();
    const formatter = make(locale, options);
    made.set(key, formatter);
    return formatter;
  };
}

export const numberFormat = kept(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

const dateFormats = kept(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

export const dateFormat = (
  { locale, timeZone }: Pick<Format, 'locale' | 'timeZone'>,
  styles: Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>,
): Intl.DateTimeFormat => dateFormats(locale, { ...styles, timeZone });

const rules = kept((locale, _: null) => new Intl.PluralRules(locale));

export const pluralRules = (locale: string): Intl.PluralRules => rules(locale, null);
