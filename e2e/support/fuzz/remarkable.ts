/** Instants that fit RFC 3339 and still trip programs: the ends of calendars, leap days, offsets, endless fractions. */
export const REMARKABLE_INSTANTS: readonly string[] = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '1582-10-10T12:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '2024-02-29T23:59:59.9999999999999999999999999Z',
  '2026-03-29T02:30:00+01:00',
  '2038-01-19T03:14:08Z',
  '9999-12-31T23:59:59.999999Z',
  '9999-12-31T23:59:59-23:59',
  '0000-02-29',
  '9999-12-31',
];

/** Texts that are fine for JSON and have broken programs. */
export const REMARKABLE_TEXTS: readonly string[] = [
  ' ',
  '\t\r\n',
  '"\'`;--',
  "'); drop table players; --",
  '%00%0a%',
  '..%2f..%2f',
  '\\',
  '{{label.promo_code}} {{7*7}}',
  '<script>alert(1)</script>',
  '=1+1|cmd',
  '__proto__',
  'constructor',
  'NaN',
  'null',
  '😀👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\u202eevitcer\u202c\u2066x\u2069\u200f',
  'e\u0301\u0327\u0489',
  '\ufeff\ufffe\uffff',
  'ﬃ ſ İ ı ß Σς',
  '\u{10ffff}\u{e0001}',
  '\u0001\u007f\u0085\u2028',
];

/** Texts that no JSON text should hold, or that are too much of it. */
const BAD_TEXTS: readonly string[] = [
  '',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  'x'.repeat(10_000),
  '😀'.repeat(5_000),
  '9'.repeat(400),
];

/** Stands for JSON text that no value of JavaScript is written as; see `toJsonText`. */
const raw = (text: string): string => `\u0001raw:${text}\u0001`;

const RAW = /"\\u0001raw:([^"\\]*)\\u0001"/g;

/** JSON text of a mutant: what stands for raw text is put in as it is. */
export const toJsonText = (value: unknown): string => (JSON.stringify(value) ?? '').replace(RAW, '$1');

const nested = (depth: number, within: unknown): unknown =>
  depth === 0 ? within : nested(depth - 1, depth % 2 ? [within] : { a: within });

/** Values of the wrong kind, size or sign for nearly every field. */
export const BAD_VALUES: readonly unknown[] = [
  ...BAD_TEXTS,
  ...REMARKABLE_TEXTS,
  ...REMARKABLE_INSTANTS,
  null,
  true,
  0,
  -1,
  0.5,
  1e21,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  Number.MAX_VALUE,
  5e-324,
  ...['1e400', '-1e400', '-0', '1E-400', '9007199254740993', '9'.repeat(400), '1.0'].map(raw),
  [],
  {},
  [[]],
  [null],
  { length: 3 },
  Array.from({ length: 2_000 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, index])),
  nested(40, 1),
  nested(60, 1),
  JSON.parse('{"__proto__": {"role": "owner"}}'),
  { constructor: { prototype: { role: 'owner' } } },
];

/** The same for queries and tables, where all is text: wrong numbers, and cursors that nobody gave out. */
export const BAD_QUERY_VALUES: readonly string[] = [
  ...BAD_VALUES.filter((value) => typeof value === 'string' || typeof value === 'number').map(String),
  '1e3',
  '0x10',
  '-1',
  '201',
  '999999999999999999999',
  'WzFd',
  'eyJhIjoxfQ',
  Buffer.from('["\\u0000"]').toString('base64url'),
  Buffer.from('["not-an-id","x"]').toString('base64url'),
  Buffer.from('["0000-01-01T00:00:00Z","00000000-0000-0000-0000-000000000000"]').toString('base64url'),
].filter((value) => value.length < 8_000);
