import fc from 'fast-check';
import { BAD_VALUES, toJsonText } from './remarkable.ts';

/** Good ones, and for every `weight` of them a bad one. */
export const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: bad });

type Change = (holder: Record<string, unknown>, key: string, bad: unknown) => void;

/** What can be wrong with one place of a value. */
const CHANGES: readonly Change[] = [
  (holder, key, bad) => {
    holder[key] = bad;
  },
  (holder, key) => {
    delete holder[key];
  },
  (holder, key) => {
    holder[key] = [holder[key]];
  },
  (holder, key) => {
    holder[key] = String(holder[key]);
  },
  (holder, _, bad) => {
    holder.surprise = bad;
  },
  (holder, _, bad) => {
    holder[typeof bad === 'string' ? bad : 'brandId'] = 1;
  },
];

/** The value with one place changed for the worse. */
export const mutantsOf = (values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(values, fc.nat(), fc.constantFrom(...CHANGES), fc.constantFrom(...BAD_VALUES))
    .map(([value, place, change, bad]) => {
      const root: Record<string, unknown> = { value: structuredClone(value) };
      const places = placesOf(root);
      const [holder, key] = places[place % places.length] ?? [root, 'value'];
      change(holder, key, bad);
      return root.value;
    });

function placesOf(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [typeof holder, string],
    ...placesOf(holder[key]),
  ]);
}

/** JSON text spoilt as text: cut off, with a byte order mark, something behind it, keys twice, bytes that are no UTF-8. */
export const spoiltTexts = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string | Buffer> =>
  fc.tuple(values, fc.nat()).chain(([value, cut]) => {
    const text = toJsonText(value);
    return fc.constantFrom<(string | Buffer)[]>(
      text.slice(0, cut % Math.max(text.length, 1)),
      `\ufeff${text}`,
      `${text}x`,
      `${text}\n${text}`,
      text.replace('{', '{"brandId":1,"brandId":2,'),
      text.replaceAll('"', "'"),
      text.replace(/"/, '"\u0000'),
      `${'['.repeat(50_000)}${text}`,
      Buffer.concat([Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(text)]),
      Buffer.from(text.replace(/"(\w)/, '"\u00e9$1'), 'latin1'),
      Buffer.from(text, 'utf16le'),
      '',
      ' \n\t ',
      'null',
      '"text"',
      '[]',
      '7',
    );
  });
