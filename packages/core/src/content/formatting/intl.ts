import type { Format } from './format.ts';

/** There are as many as locales, zones and currencies in use; platforms may pass on any number of locales. */
const MOST = 1_000;

/** The same function, keeping its latest answers: what Intl makes costs far more to make than to use. */
export function kept<Arguments extends readonly unknown[], Answer>(
  make: (...given: Arguments) => Answer,
): (...given: Arguments) => Answer {
  const made = new Map<string, { readonly answer: Answer }>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = made.get(key);
    if (known) return known.answer;
    if (made.size >= MOST) made.clear();
    const answer = make(...given);
    made.set(key, { answer });
    return answer;
  };
}

export const numberFormat = kept(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

const dateFormats = kept(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

export const dateFormat = (
  { locale, timeZone }: Pick<Format, 'locale' | 'timeZone'>,
  styles: Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>,
): Intl.DateTimeFormat => dateFormats(locale, { ...styles, timeZone });

export const pluralRules = kept((locale: string) => new Intl.PluralRules(locale));
