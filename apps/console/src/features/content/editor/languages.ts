/** Locale codes as `Intl` writes them; undefined for what is none. */
export function asLocale(text: string): string | undefined {
  const typed = text.trim();
  if (!/^[a-z]{2,3}(-|$)/i.test(typed)) return undefined;
  try {
    return Intl.getCanonicalLocales(typed)[0];
  } catch {
    return undefined;
  }
}

/** Languages that are offered first; any other can be typed. */
export const COMMON_LOCALES = [
  ...[
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'pt-BR',
    'nl',
    'sv',
    'fi',
    'nb',
    'da',
    'pl',
    'cs',
    'hu',
    'ro',
    'el',
  ],
  ...['tr', 'uk', 'ru', 'kk', 'ar', 'he', 'hi', 'ja', 'ko', 'zh'],
];
