import { describe, expect, it } from 'vitest';
import {
  addLocale,
  copyBlock,
  freshBlock,
  missingIn,
  moveBlock,
  removeBlock,
  removeItem,
  removeLocale,
  setText,
  setTranslation,
  withBlock,
} from './edits.ts';
import { BLOCK_KINDS, type DocumentOf } from './types.ts';

const COLOURS = { background: '#ffffff', text: '#111111', accent: '#333333', onAccent: '#ffffff' };
const popup: DocumentOf<'popup'> = {
  channel: 'popup',
  locale: 'en',
  translations: { de: { 'title.text': 'Hallo', 'terms.items.0': 'eins', 'terms.items.2': 'drei' } },
  blocks: [
    { id: 'title', type: 'heading', text: 'Hello' },
    { id: 'terms', type: 'list', items: ['one', 'two', 'three'] },
    { id: 'button', type: 'button', label: 'OK', style: 'primary', action: { kind: 'open_url', url: '/go' } },
  ],
  theme: { light: COLOURS, radius: 12, position: 'centre' },
  dismissible: true,
  whenShown: null,
  expiresAfterMs: 60_000,
};
const words = {
  ...{ heading: 'Heading', text: 'Text', copy: 'Copy', copied: 'Copied', button: 'OK', ended: 'Over' },
  ...{ item: 'A line', label: 'promo_code' },
};
const idsOf = ({ blocks }: typeof popup) => blocks.map(({ id }) => id);

describe('blocks', () => {
  it.each(BLOCK_KINDS)('of the kind %s begin with an id of their own', (kind) => {
    const twice = withBlock(withBlock(popup, freshBlock(popup, kind, words)), freshBlock(popup, kind, words));
    expect(idsOf(twice)).toHaveLength(5);
    const again = freshBlock(twice, kind, words);
    expect(idsOf(twice)).not.toContain(again.id);
    expect(again.type).toBe(kind);
  });

  it.each([
    ['title', 2, ['terms', 'button', 'title']],
    ['button', 0, ['button', 'title', 'terms']],
    ['title', -1, ['title', 'terms', 'button']],
    ['button', 9, ['title', 'terms', 'button']],
    ['nobody', 0, ['title', 'terms', 'button']],
  ])('%s moved to %i', (id, to, ids) => {
    expect(idsOf(moveBlock(popup, id, to))).toEqual(ids);
  });

  it('take their words of other languages with them, and leave none behind', () => {
    const { document, id } = copyBlock(popup, 'title');
    expect(idsOf(document)).toEqual(['title', id, 'terms', 'button']);
    expect(document.translations.de).toMatchObject({ 'title.text': 'Hallo', [`${id}.text`]: 'Hallo' });
    expect(removeBlock(document, 'title').translations.de).toEqual({
      [`${id}.text`]: 'Hallo',
      'terms.items.0': 'eins',
      'terms.items.2': 'drei',
    });
  });

  it('that are lists lose a line in every language', () => {
    const { blocks, translations } = removeItem(popup, 'terms', 1);
    expect(blocks[1]).toMatchObject({ items: ['one', 'three'] });
    expect(translations.de).toEqual({
      'title.text': 'Hallo',
      'terms.items.0': 'eins',
      'terms.items.1': 'drei',
    });
  });
});

describe('words', () => {
  it('are written in either language, and an empty one is no translation', () => {
    expect(setText(popup, 'title.text', 'Hi').blocks[0]).toMatchObject({ text: 'Hi' });
    const said = setTranslation(popup, 'de', 'button.label', 'Gut');
    expect(said.translations.de).toMatchObject({ 'button.label': 'Gut' });
    expect(setTranslation(said, 'de', 'button.label', '').translations.de).not.toHaveProperty('button.label');
  });

  it('that are missing are told, addresses are none', () => {
    expect(missingIn(popup, 'de')).toEqual(['terms.items.1', 'button.label']);
    const french = addLocale(popup, 'fr');
    expect(missingIn(french, 'fr')).toHaveLength(5);
    expect(removeLocale(french, 'fr')).toEqual(popup);
  });
});
