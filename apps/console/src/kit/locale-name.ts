import { nameFormat } from '../texts/index.ts';

/** A locale in the reader's own language: `de` is German. One that nobody knows is told as it is. */
export function localeName(locale: string): string {
  try {
    return nameFormat({ type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** A country or region in the reader's own language. What the platform told and nobody has named is told as it is. */
export function regionName(code: string): string {
  try {
    return nameFormat({ type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
