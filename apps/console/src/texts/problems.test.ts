import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPhrasebook } from './phrasebook.ts';
import { readSources } from './testing/sentences.ts';

const read = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));

/** Refused where nobody looks: within a template that is shown with its own findings. */
const KEYS_OF_TEMPLATES = ['not_an_instant', 'missing_value'];

/** Texts where sentences stand that are none. */
const NO_SENTENCES = [
  'command line',
  'bet {0}',
  'Memory alloc',
  '{{ message.unsubscribe_url }}',
  ' or ',
  '{0} desc',
  'c.{0} desc',
  '{0} as c{1}',
  'text/csv; charset=utf-8',
  'yyyy-mm-dd hh:mm:ss',
  "v.definition #>> '{traffic,{0}}'",
  "({0} in ({1}) or {2} = '{3}' || grant_id)",
];

describe('what the server refuses', () => {
  const { keys, sentences } = readSources();

  it('has a name in every language, by its key', () => {
    const { refusals } = JSON.parse(readFileSync(join(import.meta.dirname, 'en/common.json'), 'utf8'));
    const named = { ...refusals, ...read('en/problems.json') };
    const unnamed = [...keys].filter(([key]) => !(key in named) && !KEYS_OF_TEMPLATES.includes(key));
    expect(unnamed).toEqual([]);
    expect(keys.size).toBeGreaterThan(90);
  });

  it('is said in every language but its own', () => {
    const say = createPhrasebook(read('de/phrases.json'));
    const unsaid = [...sentences].filter(
      ([sentence]) =>
        !NO_SENTENCES.includes(sentence) && say(sentence.replace(/\{(\d)\}/g, 'value$1')) === undefined,
    );
    expect(unsaid).toEqual([]);
    expect(sentences.size).toBeGreaterThan(700);
  });
});

it('the book of phrases has no values that the server did not say', () => {
  const holesIn = (text: string): readonly string[] => text.match(/\{\d\}/g) ?? [];
  const made = Object.entries(read('de/phrases.json')).filter(([sentence, said]) =>
    holesIn(said).some((hole) => !sentence.includes(hole)),
  );
  expect(made).toEqual([]);
});
