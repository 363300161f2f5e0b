import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './index.ts';

let [one, two]: TestDatabase[] = [];
beforeAll(async () => {
  [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([one?.drop(), two?.drop()]);
});

test('a test database is migrated', async () => {
  const { rows } = await one!.db.query<{ name: string }>('select name from schema_migrations order by name');
  expect(rows[0]?.name).toMatch(/^0001_/);
});

test('test databases do not see each other', async () => {
  await one!.db.query('create table only_here (id int)');
  await expect(two!.db.query('select * from only_here')).rejects.toThrow('does not exist');
});

test('drop removes the database although somebody is connected', async () => {
  const extra = await createTestDatabase();
  const client = new pg.Client({ connectionString: extra.url });
  client.on('error', () => undefined);
  await client.connect();
  await extra.drop();
  await expect(client.query('select 1')).rejects.toThrow();
  const { rows } = await one!.db.query('select 1 from pg_database where datname = $1', [
    new URL(extra.url).pathname.slice(1),
  ]);
  expect(rows).toEqual([]);
});
