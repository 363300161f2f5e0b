import { describe, expect, it } from 'vitest';
import { createPhrasebook } from './phrasebook.ts';

const say = createPhrasebook({
  'Enter a code.': 'Geben Sie einen Code ein.',
  'has passed': 'ist vorbei',
  'There is no player "{0}".': 'Einen Spieler „{0}“ gibt es nicht.',
  'There is no {0}.': '{0} gibt es nicht.',
  'The bonus is {0}.': 'Der Bonus ist {0}.',
  lost: 'verloren',
  '{0} out of {1}': 'von {1} sind es {0}',
  '{0}: {1}': '{0}: {1}',
  'Is this (…) a [pattern]? {0}': 'Ist dies ein Muster? {0}',
});

describe('a phrasebook', () => {
  it.each([
    ['a sentence', 'Enter a code.', 'Geben Sie einen Code ein.'],
    ['values as they are', 'There is no player "p-1042".', 'Einen Spieler „p-1042“ gibt es nicht.'],
    ['the sentence that says most by itself', 'There is no fee.', 'fee gibt es nicht.'],
    ['words in a sentence', 'The bonus is lost.', 'Der Bonus ist verloren.'],
    ['values in the order of the language', '3 out of 10', 'von 10 sind es 3'],
    ['what stands behind a field', 'endsAt: has passed', 'endsAt: ist vorbei'],
    ['signs for what they are', 'Is this (…) a [pattern]? No', 'Ist dies ein Muster? No'],
    ['values with line breaks', 'There is no player "a\nb".', 'Einen Spieler „a\nb“ gibt es nicht.'],
  ])('says %s', (_, sentence, said) => {
    expect(say(sentence)).toBe(said);
  });

  it('does not know what it was not told, however it is joined', () => {
    expect(say('It broke.')).toBeUndefined();
    expect(say('name: it broke')).toBeUndefined();
  });
});
