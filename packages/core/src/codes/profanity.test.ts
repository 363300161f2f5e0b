import { englishDataset } from 'obscenity';
import { describe, expect, it } from 'vitest';
import { createProfanityFilter } from './index.ts';

const filter = createProfanityFilter();

describe('offensive words', () => {
  it.each([
    ['whole', 'FUCK'],
    ['in the middle', 'X7CUNT9Q'],
    ['with digits for letters', '5H17'],
    ['with digits for letters, at the end', '9XQ4P3N15'],
    ['with V for U, as Crockford has no U', 'FVCK2'],
    ['with 1 for L', 'S1VT77'],
    ['with an optional letter', 'NGGER'],
    ['with a wildcard letter', 'MASTURBATE'],
    ['in lower case', 'wank'],
  ])('%s', (_, text) => {
    expect(filter(text)).toBeGreaterThan(0);
  });

  it('are counted', () => {
    expect(filter('FUCK0SHIT')).toBe(2);
    expect(filter('ASSASS')).toBe(2);
  });

  it.each(['', '7K2M9XQ4A8CDEF', 'HELLO', 'SPRING25', 'ВЕСНА', 'F-U-C-K', '🎉'])(
    'are not seen in %s',
    (text) => {
      expect(filter(text)).toBe(0);
    },
  );

  it('include every word of the list but one, which the list spells with a single n', () => {
    const words = englishDataset
      .build()
      .blacklistedTerms.map(({ id }) => ({ termId: id, matchLength: 0, startIndex: 0, endIndex: 0 }))
      .map((match) => englishDataset.getPayloadWithPhraseMetadata(match).phraseMetadata?.originalWord ?? '')
      .map((word) => word.replaceAll(' ', ''));
    expect(words.filter((word) => filter(word) === 0)).toEqual(['tranny']);
  });
});
