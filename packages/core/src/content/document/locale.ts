import { kept } from '../formatting/index.ts';
import type { ContentDocument } from './documents.ts';

/** The locale in its canonical spelling, undefined for what is none: platforms pass on what they were told. */
export const readLocale = kept((text: string | null | undefined): string | undefined => {
  // Longer words would be well-formed too, but no language has one: `english` is a mistake.
  if (!text || !/^[a-z]{2,3}(?:-|$)/i.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
});

/** `de-AT`, then `de`: the locale itself and those it may fall back to, nearest first. */
export function fallbacks(locale: string): readonly string[] {
  const parts = locale.split('-');
  return parts.map((_, at) => parts.slice(0, parts.length - at).join('-'));
}

const RIGHT_TO_LEFT = new Set([
  'Adlm',
  'Arab',
  'Hebr',
  'Mand',
  'Mend',
  'Nkoo',
  'Rohg',
  'Samr',
  'Syrc',
  'Thaa',
  'Yezi',
]);

/** The direction that text of the locale is written in, by its script. */
export const directionOf = kept((locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr',
);

/** The texts of a document that a player gets. */
export interface Wording {
  /** The locale the texts are in. */
  readonly locale: string;
  /** How numbers and dates are written: as the player does, when that is the language of the texts. */
  readonly formatLocale: string;
  readonly direction: 'ltr' | 'rtl';
  /** The text of a key, from the nearest translation that has it. */
  source(key: string, untranslated: string): string;
}

/** @param wanted the player's language; the document's own is used for whom it has no other. */
export function wordingFor(document: ContentDocument, wanted: string | null | undefined): Wording {
  const player = readLocale(wanted);
  // A draft may name a language there is none of: BCP 47 has a word for one that is not known.
  const original = readLocale(document.locale) ?? 'und';
  const chain = player === undefined ? [] : fallbacks(player);
  // The document's own language ends the chain: `en-GB` is served by texts in `en`, not by a translation further off.
  const own = chain.indexOf(original);
  const translated = (own === -1 ? chain : chain.slice(0, own)).filter(
    (locale) => document.translations[locale] !== undefined,
  );
  const locale = translated[0] ?? original;
  return {
    locale,
    formatLocale: player !== undefined && languageOf(player) === languageOf(locale) ? player : locale,
    direction: directionOf(locale),
    source: (key, untranslated) => {
      const holder = translated.find((candidate) => document.translations[candidate]?.[key] !== undefined);
      return document.translations[holder ?? '']?.[key] ?? untranslated;
    },
  };
}

const languageOf = kept((locale: string): string => new Intl.Locale(locale).language);
