import fc from 'fast-check';
import { mostly } from './mutations.ts';
import { BAD_QUERY_VALUES } from './remarkable.ts';

const COLUMNS = ['code', 'kind', 'holder', 'max_uses', 'starts_at', 'ends_at', 'surprise', '', '"'];
const CELLS = [
  ...[
    'SUMMER-1',
    'SUMMER 2',
    'shared',
    'unique',
    'personal',
    'p-1',
    '5',
    '-1',
    '1e9',
    '2030-01-01T00:00:00Z',
  ],
  ...BAD_QUERY_VALUES,
  ...['"', '""', '"a,b"', '"a\nb"', 'a"b', '\r', '\0'],
];

/** Tables as people make them: mostly with the right columns, and anything in them. */
export function csvTexts(): fc.Arbitrary<string | Buffer> {
  const header = mostly(
    fc.constantFrom('code', 'code,kind', 'code,kind,holder,max_uses,starts_at,ends_at'),
    fc.array(fc.constantFrom(...COLUMNS), { maxLength: 4 }).map((names) => names.join(',')),
    4,
  );
  const line = fc
    .array(fc.constantFrom(...CELLS), { minLength: 1, maxLength: 4 })
    .map((cells) => cells.join(','));
  const text = fc
    .tuple(header, fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'))
    .map(([first, lines, end]) => [first, ...lines].join(end));
  return mostly<string | Buffer>(
    text,
    text.map((csv) => Buffer.from(`\ufeff${csv}`, 'utf16le')),
    9,
  );
}
