import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bools,
  instants,
  int4s,
  int8s,
  jsons,
  rowsOf,
  shareOut,
  sharingRowsOf,
  texts,
  uuids,
} from './arrays.ts';
import { newId } from './ids.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What PostgreSQL makes of an array. */
async function readBack(type: string, array: Buffer): Promise<unknown> {
  const { rows } = await database.db.query<{ list: unknown }>(`select array_to_json($1::${type}[]) as list`, [
    array,
  ]);
  return rows[0]?.list;
}

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const safe = fc.maxSafeInteger();

test.each<[string, (values: never[]) => Buffer, fc.Arbitrary<unknown>]>([
  ['text', texts, text],
  ['uuid', uuids, fc.uuid()],
  ['int4', int4s, fc.integer()],
  ['int8', int8s, safe],
  ['bool', bools, fc.boolean()],
])(
  'PostgreSQL reads %s arrays as they were written, nulls and none included',
  async (type, write, element) => {
    const lists = fc.array(fc.option(element));
    await fc.assert(
      fc.asyncProperty(lists, async (values) => {
        expect(await readBack(type, write(values as never[]))).toEqual(values);
      }),
    );
  },
);

test('JSON keeps its exact text', async () => {
  const values = ['{"a": [1, 2]}', '"é\\u0001"', 'null', null];
  const { rows } = await database.db.query<{ value: string | null }>(
    'select value::text from unnest($1::json[]) as t (value)',
    [jsons(values)],
  );
  expect(rows.map(({ value }) => value)).toEqual(values);
});

test('instants keep their milliseconds, before 2000 too', async () => {
  const values = [0, Date.UTC(1969, 6, 20, 20, 17, 40, 1), Date.UTC(2026, 10, 21, 23, 6, 49, 999), null];
  const { rows } = await database.db.query<{ at: Date | null }>(
    'select at from unnest($1::timestamptz[]) as t (at)',
    [instants(values)],
  );
  expect(rows.map(({ at }) => at?.getTime() ?? null)).toEqual(values);
});

test('arrays become rows, element by element', async () => {
  const rows = rowsOf({ id: 'int8', name: 'text' });
  const made = await database.db.query(`select t.name, t.id from (${rows}) t`, [
    int8s([1, null, 3]),
    texts(['one', 'two', null]),
  ]);
  expect(made.rows).toEqual([
    { id: 1, name: 'one' },
    { id: null, name: 'two' },
    { id: 3, name: null },
  ]);
});

test('rows that share values get them from their set', async () => {
  const { sets, places } = shareOut(['ax', 'bx', 'cy', 'dx'], (a, b) => a[1] === b[1]);
  const rows = sharingRowsOf({ name: 'text' }, { kind: 'text', size: 'int8' });
  const made = await database.db.query(`select t.size, t.name, t.kind from (${rows}) t`, [
    texts(['a', 'b', 'c', 'd']),
    int4s(places),
    texts(sets.map((set) => set.slice(1))),
    int8s([null, 2]),
  ]);
  expect(made.rows).toEqual([
    { name: 'a', kind: 'x', size: null },
    { name: 'b', kind: 'x', size: null },
    { name: 'c', kind: 'y', size: 2 },
    { name: 'd', kind: 'x', size: null },
  ]);
});

test('every row shares a set with just those it has the same values as', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4)), (rows) => {
      const { sets, places } = shareOut(rows, (a, b) => a === b);
      expect(places.map((place) => sets[place - 1])).toEqual(rows);
      expect(sets).toEqual([...new Set(rows)]);
    }),
  );
});

test('what is no UUID is refused before it is sent', () => {
  expect(() => uuids([newId().slice(1)])).toThrow('is not a UUID');
});
