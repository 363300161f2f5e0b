import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '..');
const SHARED = 'texts';
const PLURALS = /_(zero|one|two|few|many|other)$/;

type Texts = ReadonlyMap<string, string>;

function flat(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[`${path}${name}`, text]] : flat(text, `${path}${name}.`),
  );
}

const read = (file: string): Texts => new Map(flat(JSON.parse(readFileSync(join(SOURCES, file), 'utf8'))));

/** Rooms that have texts of their own, and where they are. */
const rooms = [...globSync('features/*/texts/en.json', { cwd: SOURCES }), 'session/texts/en.json'].map(
  (file) => join(file, '../..'),
);
const shared = { en: read('texts/en/common.json'), de: read('texts/de/common.json') };
/** Shared texts that only some pages load. */
const subjects = globSync('texts/en/*.json', { cwd: SOURCES })
  .map((file) => basename(file, '.json'))
  .filter((name) => name !== 'common')
  .map((name) => [name, { en: read(`texts/en/${name}.json`), de: read(`texts/de/${name}.json`) }] as const);
const textsOf = (room: string) => ({
  en: read(`${room}/texts/en.json`),
  de: read(`${room}/texts/de.json`),
});

const namesIn = (texts: Texts): string[] =>
  [...new Set([...texts.keys()].map((key) => key.replace(PLURALS, '')))].sort();
const holesIn = (text: string): string[] =>
  (text.match(/\{\{\s*\w+/g) ?? []).map((hole) => hole.replace(/\W/g, '')).sort();

describe.each([
  [SHARED, shared] as const,
  ...subjects,
  ...rooms.map((room) => [basename(room), textsOf(room)] as const),
])('the texts of %s', (_, { en, de }) => {
  it('are the same in both languages, with the same values in them', () => {
    expect(namesIn(de)).toEqual(namesIn(en));
    for (const [key, text] of de) {
      const english = en.get(key) ?? en.get(key.replace(PLURALS, '_other'));
      if (english !== undefined) expect([key, holesIn(text)]).toEqual([key, holesIn(english)]);
    }
  });

  it('say something', () => {
    for (const texts of [en, de]) expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

describe.each(rooms)('%s', (room) => {
  it('asks for texts that there are', () => {
    const known = new Set([...namesIn(textsOf(room).en), ...namesIn(shared.en)]);
    const missing = globSync(`${room}/**/*.{ts,tsx}`, { cwd: SOURCES })
      .filter((file) => !file.includes('.test.'))
      .flatMap((file) => {
        const source = readFileSync(join(SOURCES, file), 'utf8');
        return [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)]
          .map(([, key = '']) => key)
          .filter((key) => !known.has(key))
          .map((key) => `${file}: ${key}`);
      });
    expect(missing).toEqual([]);
  });
});
