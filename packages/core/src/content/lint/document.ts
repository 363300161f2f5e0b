import type { ContentDocument, PopupDocument } from '../document/documents.ts';
import { readLocale } from '../document/locale.ts';
import { mapTexts, textsOf } from '../document/texts.ts';
import { colourFindings } from './contrast.ts';
import { type Finding, finding } from './finding.ts';
import type { KnownNames } from './template.ts';
import { lintText } from './texts.ts';
import { lintTranslations } from './translations.ts';

/** Everything there is to say of a document before it is sent to anybody, in every language it is in. */
export function lintDocument(document: ContentDocument, known: KnownNames): readonly Finding[] {
  return [
    ...lintLocale(document),
    ...textsOf(document).flatMap((slot) => lintText(document, slot, known)),
    ...lintTranslations(document),
    ...Object.keys(document.translations).flatMap((locale) => lintTranslated(document, locale, known)),
    ...lintBlocks(document),
    ...(document.channel === 'popup' ? lintPopup(document) : []),
    ...colourFindings(document),
  ];
}

const lintLocale = ({ locale }: ContentDocument): readonly Finding[] =>
  readLocale(locale) === locale
    ? []
    : [finding('locale_invalid', `"${locale}" is no locale, such as en or pt-BR.`, { text: 'locale' })];

/** What is wrong with the texts that one translation has of its own. */
function lintTranslated(document: ContentDocument, locale: string, known: KnownNames): readonly Finding[] {
  const texts = document.translations[locale] ?? {};
  const found: Finding[] = [];
  mapTexts(document, (slot) => {
    const source = texts[slot.key];
    if (source !== undefined)
      found.push(...lintText(document, { ...slot, source }, known).map((one) => ({ ...one, locale })));
    return slot.source;
  });
  return found;
}

function lintBlocks(document: ContentDocument): readonly Finding[] {
  if (!('blocks' in document)) return [];
  const seen = new Set<string>();
  return document.blocks.flatMap((block) => {
    const found: Finding[] = [];
    if (seen.has(block.id))
      found.push(finding('block_id_twice', `Another block has the id ${block.id}.`, { text: block.id }));
    seen.add(block.id);
    if (document.channel === 'email' && block.type === 'button' && block.action.kind !== 'open_url')
      found.push(
        finding('action_not_for_channel', 'In an email, a button can only open a link.', { text: block.id }),
      );
    return found;
  });
}

function lintPopup({ blocks, dismissible, whenShown }: PopupDocument): readonly Finding[] {
  const found: Finding[] = [];
  if (!dismissible && !blocks.some(({ type }) => type === 'button'))
    found.push(
      finding('cannot_be_closed', 'It has no button and cannot be dismissed.', { text: 'dismissible' }),
    );
  if (whenShown !== null && !blocks.some(({ type }) => type === 'code'))
    found.push(
      finding(
        'when_shown_without_code',
        `${whenShown} will have no event.code: there is no code in the popup.`,
        {
          text: 'whenShown',
        },
      ),
    );
  return found;
}
