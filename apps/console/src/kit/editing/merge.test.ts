import { describe, expect, it } from 'vitest';
import { differences, merge } from './merge.ts';

const base = {
  name: 'Welcome',
  theme: { radius: 12, light: { text: '#111111' } },
  blocks: [
    { id: 'title', type: 'heading', text: 'Hello' },
    { id: 'offer', type: 'text', text: 'An offer' },
    { id: 'close', type: 'button', label: 'OK', action: { kind: 'close' } },
  ],
  translations: { de: { 'title.text': 'Hallo' } as Record<string, string> },
};
type State = Omit<typeof base, 'blocks'> & { blocks: readonly object[] };
const [title, offer, close] = base.blocks;
if (!title || !offer || !close) throw new Error('three blocks');

const both = (theirs: Partial<State>, mine: Partial<State>) =>
  merge<State>(base, { ...base, ...theirs }, { ...base, ...mine });

describe('two changes of one thing', () => {
  it('are both taken where they are about different parts', () => {
    const { state, overruled } = both(
      { name: 'Welcome back', translations: { de: { 'title.text': 'Guten Tag' } } },
      {
        theme: { ...base.theme, radius: 20 },
        translations: { de: { 'title.text': 'Hallo', 'offer.text': 'Ein Angebot' } },
      },
    );
    expect(state).toEqual({
      ...base,
      name: 'Welcome back',
      theme: { ...base.theme, radius: 20 },
      translations: { de: { 'title.text': 'Guten Tag', 'offer.text': 'Ein Angebot' } },
    });
    expect(overruled).toEqual([]);
  });

  it('of the same part leave what was typed here, and say so', () => {
    const { state, overruled } = both(
      { blocks: [{ ...title, text: 'Theirs' }, offer, close] },
      { blocks: [{ ...title, text: 'Mine' }, offer, close] },
    );
    expect(state.blocks[0]).toMatchObject({ text: 'Mine' });
    expect(overruled).toEqual(['blocks.title.text']);
  });

  it('keep a block that one moved and the other wrote in, and one that the other added', () => {
    const added = { id: 'rule', type: 'divider' };
    const { state } = both(
      { blocks: [title, added, { ...offer, text: 'A better offer' }, close] },
      { blocks: [offer, title, close] },
    );
    expect(state.blocks).toEqual([{ ...offer, text: 'A better offer' }, title, added, close]);
  });

  it('take a block away that one removed and the other left as it was', () => {
    expect(both({ blocks: [title, close] }, { name: 'Mine' }).state.blocks).toEqual([title, close]);
  });

  it('never put a thing together of the parts of two kinds', () => {
    const [link, action] = [
      { kind: 'open_url', url: '/cashier' },
      { kind: 'client_action', name: 'GO' },
    ];
    const { state, overruled } = both(
      { blocks: [title, offer, { ...close, action: link }] },
      { blocks: [title, offer, { ...close, action }] },
    );
    expect(state.blocks[2]).toMatchObject({ action: { kind: 'client_action', name: 'GO' } });
    expect(overruled).toEqual(['blocks.close.action']);
  });
});

it('tells each part that differs, by where it is', () => {
  const after = {
    ...base,
    blocks: [offer, { ...title, text: 'Hi' }, close],
    translations: { de: {}, fr: { 'title.text': 'Salut' } },
  };
  expect(differences(base, after)).toEqual([
    { path: 'blocks', before: ['title', 'offer', 'close'], after: ['offer', 'title', 'close'] },
    { path: 'blocks.title.text', before: 'Hello', after: 'Hi' },
    { path: 'translations.de.title.text', before: 'Hallo', after: undefined },
    { path: 'translations.fr', before: undefined, after: { 'title.text': 'Salut' } },
  ]);
});
