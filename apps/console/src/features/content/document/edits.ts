import { mapTexts, textsOf } from '@promosmith/core/content';
import type { Block, BlockKind, Blocky, Document } from './types.ts';

/** Changes of a document. Each gives the changed document, and leaves the one it got as it was. */

/** Texts that a block begins with: an empty one could not be sent. */
export interface FirstWords {
  readonly heading: string;
  readonly text: string;
  readonly copy: string;
  readonly copied: string;
  readonly button: string;
  readonly ended: string;
  readonly item: string;
  /** A label tag of the brand, if it has one. */
  readonly label: string | undefined;
}

/** The first name of that kind that no block has: `text`, `text-2`. */
export function freeId({ blocks }: Blocky, name: string): string {
  const taken = new Set(blocks.map(({ id }) => id));
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? name : `${name}-${n}`;
    if (!taken.has(id)) return id;
  }
}

export function freshBlock(document: Blocky, kind: BlockKind, words: FirstWords): Block {
  const id = freeId(document, kind);
  switch (kind) {
    case 'heading':
      return { id, type: 'heading', text: words.heading };
    case 'text':
      return { id, type: 'text', text: words.text };
    case 'image':
      return { id, type: 'image', url: '', alt: '' };
    case 'code':
      return {
        ...{ id, type: 'code', copyLabel: words.copy, copiedLabel: words.copied },
        value: words.label === undefined ? '' : `{{ label.${words.label} }}`,
      };
    case 'button':
      return {
        ...{ id, type: 'button', label: words.button, style: 'primary' },
        action: document.channel === 'email' ? { kind: 'open_url', url: '' } : { kind: 'close' },
      };
    case 'countdown':
      return {
        ...{ id, type: 'countdown', until: '{{ message.expires_at }}' },
        ...{ label: '', endedLabel: words.ended },
      };
    case 'divider':
      return { id, type: 'divider' };
    case 'list':
      return { id, type: 'list', items: [words.item] };
  }
}

/** @param at its place, from 0; the end when left out. */
export const withBlock = <D extends Blocky>(document: D, block: Block, at = document.blocks.length): D => ({
  ...document,
  blocks: [...document.blocks.slice(0, at), block, ...document.blocks.slice(at)],
});

export const changeBlock = <D extends Blocky>(document: D, block: Block): D => ({
  ...document,
  blocks: document.blocks.map((other) => (other.id === block.id ? block : other)),
});

/** Takes a block to another place; past the ends, it stays at them. */
export function moveBlock<D extends Blocky>(document: D, id: string, to: number): D {
  const from = document.blocks.findIndex((block) => block.id === id);
  const place = Math.max(0, Math.min(to, document.blocks.length - 1));
  if (from === -1 || from === place) return document;
  const blocks = [...document.blocks];
  blocks.splice(place, 0, ...blocks.splice(from, 1));
  return { ...document, blocks };
}

const isOf = (id: string, key: string): boolean => key.startsWith(`${id}.`);

/** Takes a block away, and what it is called in other languages. */
export const removeBlock = <D extends Blocky>(document: D, id: string): D => ({
  ...document,
  blocks: document.blocks.filter((block) => block.id !== id),
  translations: eachTranslation(document, (entries) => entries.filter(([key]) => !isOf(id, key))),
});

/** The same block once more, below it, in every language. */
export function copyBlock<D extends Blocky>(document: D, id: string): { document: D; id: string } {
  const at = document.blocks.findIndex((block) => block.id === id);
  const block = document.blocks[at];
  if (!block) return { document, id };
  const copy = { ...block, id: freeId(document, block.type) };
  const translations = eachTranslation(document, (entries) => [
    ...entries,
    ...entries
      .filter(([key]) => isOf(id, key))
      .map(([key, text]): [string, string] => [`${copy.id}${key.slice(id.length)}`, text]),
  ]);
  return { document: { ...withBlock(document, copy, at + 1), translations }, id: copy.id };
}

/** Takes a line out of a list; the lines below it move up, in every language. */
export function removeItem<D extends Blocky>(document: D, id: string, item: number): D {
  const block = document.blocks.find((other) => other.id === id);
  if (block?.type !== 'list') return document;
  const items = block.items.filter((_, at) => at !== item);
  const prefix = `${id}.items.`;
  const translations = eachTranslation(document, (entries) =>
    entries.flatMap(([key, text]): [string, string][] => {
      const at = key.startsWith(prefix) ? Number(key.slice(prefix.length)) : -1;
      if (at < item) return [[key, text]];
      return at === item ? [] : [[`${prefix}${at - 1}`, text]];
    }),
  );
  return { ...changeBlock(document, { ...block, items }), translations };
}

function eachTranslation(
  { translations }: Document,
  change: (texts: [string, string][]) => [string, string][],
): Document['translations'] {
  return Object.fromEntries(
    Object.entries(translations).map(([locale, texts]) => [
      locale,
      Object.fromEntries(change(Object.entries(texts))),
    ]),
  );
}

/** Says a text otherwise in the document's own language. */
export const setText = <D extends Document>(document: D, key: string, text: string): D =>
  mapTexts(document, (slot) => (slot.key === key ? text : slot.source));

/** Says a text in another language; an empty one is none, and the document's own is shown. */
export function setTranslation<D extends Document>(
  document: D,
  locale: string,
  key: string,
  text: string,
): D {
  const { [key]: _, ...others } = document.translations[locale] ?? {};
  const texts = text === '' ? others : { ...others, [key]: text };
  return { ...document, translations: { ...document.translations, [locale]: texts } };
}

export const addLocale = <D extends Document>(document: D, locale: string): D => ({
  ...document,
  translations: { [locale]: {}, ...document.translations },
});

export function removeLocale<D extends Document>(document: D, locale: string): D {
  const { [locale]: _, ...translations } = document.translations;
  return { ...document, translations };
}

/** Texts that people read, as opposed to addresses, codes and instants: these are what there is to translate. */
export const wordsOf = (document: Document) =>
  textsOf(document).filter(
    ({ kind, source }) => (kind === 'plain' || kind === 'line') && source.trim() !== '',
  );

/** What a language has no words for yet. */
export const missingIn = (document: Document, locale: string): readonly string[] =>
  wordsOf(document).flatMap(({ key }) =>
    (document.translations[locale]?.[key] ?? '').trim() === '' ? [key] : [],
  );

/** Links of a push may be left out: an empty one is none. */
export function tidy(document: Document): Document {
  if (document.channel !== 'push') return document;
  const { icon, url, ...push } = document;
  return { ...push, ...(icon && { icon }), ...(url && { url }) };
}
