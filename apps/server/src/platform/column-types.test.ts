import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInstant, readTexts } from './column-types.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test.each([
  ['2026-03-29 01:30:00+00', '2026-03-29T01:30:00.000Z'],
  ['2026-03-29 01:30:07.9+00', '2026-03-29T01:30:07.900Z'],
  ['2024-02-29 23:59:59.123999+00', '2024-02-29T23:59:59.123Z'],
  ['1969-07-20 20:17:40.0015+00', '1969-07-20T20:17:40.001Z'],
  ['0050-01-01 00:00:00+00', '0050-01-01T00:00:00.000Z'],
  ['9999-12-31 23:59:59+00', '9999-12-31T23:59:59.000Z'],
  ['12026-01-01 00:00:00+00', '+012026-01-01T00:00:00.000Z'],
  ['2026-03-29 03:30:00+02', '2026-03-29T01:30:00.000Z'],
])('%s is %s', (text, instant) => {
  expect(readInstant(text).toISOString()).toBe(instant);
});

test('every instant comes back as it was written', async () => {
  const instants = fc.date({
    min: new Date(0),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  await fc.assert(
    fc.asyncProperty(instants, async (at) => {
      const { rows } = await database.db.query<{ at: Date }>('select $1::timestamptz as at', [
        at.toISOString(),
      ]);
      expect(rows[0]?.at).toEqual(at);
    }),
  );
});

test('every list of texts comes back as it was written', async () => {
  const awkward = fc.constantFrom('', 'NULL', 'null', 'a,b', '{}', '"', '\\', ' ', 'vip', 'é');
  const texts = fc.array(
    fc.oneof(
      awkward,
      fc.string().filter((text) => !text.includes('\0')),
    ),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (list) => {
      const { rows } = await database.db.query<{ list: string[] }>('select $1::text[] as list', [list]);
      expect(rows[0]?.list).toEqual(list);
    }),
  );
});

test.each<[string, (string | null)[]]>([
  ['{}', []],
  ['{newsletter,slots}', ['newsletter', 'slots']],
  ['{vip,NULL}', ['vip', null]],
  ['{NULLABLE}', ['NULLABLE']],
])('%s is a list', (text, list) => {
  expect(readTexts(text)).toEqual(list);
});
