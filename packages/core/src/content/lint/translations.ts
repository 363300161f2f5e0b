import type { ContentDocument } from '../document/documents.ts';
import { fallbacks, readLocale } from '../document/locale.ts';
import { textsOf } from '../document/texts.ts';
import { type Finding, finding } from './finding.ts';

/** Translations nobody gets to see, and texts that stay in the document's own language. */
export function lintTranslations(document: ContentDocument): readonly Finding[] {
  const slots = textsOf(document);
  const keys = new Set(slots.map(({ key }) => key));
  // Links, instants and codes are rarely other ones in another language.
  const wanted = slots.filter(({ kind, source }) => (kind === 'plain' || kind === 'line') && source !== '');
  return Object.entries(document.translations).flatMap(([locale, texts]) => {
    const lost = whyUnreachable(locale, document);
    if (lost !== undefined) return [finding('translation_unreachable', lost, { locale })];
    const unknown = Object.keys(texts).filter((key) => !keys.has(key));
    const has = (key: string) =>
      fallbacks(locale).some((nearer) => document.translations[nearer]?.[key] !== undefined);
    const missing = wanted.filter(({ key }) => !has(key));
    return [
      ...unknown.map((text) =>
        finding('translation_unreachable', 'The document has no such text any more.', { locale, text }),
      ),
      ...missing.map(({ key: text }) =>
        finding('translation_incomplete', 'The text is not translated.', { locale, text }),
      ),
    ];
  });
}

function whyUnreachable(locale: string, document: ContentDocument): string | undefined {
  const canonical = readLocale(locale);
  if (canonical === undefined) return `${locale} is no locale, such as de or pt-BR.`;
  if (canonical !== locale) return `The locale is written ${canonical}.`;
  if (locale === document.locale) return `The texts of ${locale} are those of the document itself.`;
  return undefined;
}
