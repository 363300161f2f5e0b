import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MigrationHistoryError, migrate, pendingMigrations } from './migrations.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
  database = await createTestDatabase();
  await database.db.query('drop table schema_migrations');
});
afterEach(async () => {
  await database.drop();
  rmSync(directory, { recursive: true });
});

const write = (files: Record<string, string>) => {
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql);
};
const run = () => migrate(database.url, directory);
const two = {
  '0001_first.sql': 'create table first (n int); insert into first values (1);',
  '0002_second.sql': 'create table second (n int);',
};

test('applies the files in order, once', async () => {
  write(two);
  expect(await run()).toEqual(['0001_first', '0002_second']);
  expect(await run()).toEqual([]);
  write({ '0003_third.sql': 'alter table first add column third int;' });
  expect(await run()).toEqual(['0003_third']);
  expect((await database.db.query('select * from first')).rows).toEqual([{ n: 1, third: null }]);
});

test('tells what is pending, and changes nothing', async () => {
  write(two);
  const pending = () => pendingMigrations(database.db.pool, directory);
  expect(await pending()).toEqual(['0001_first', '0002_second']);
  await run();
  expect(await pending()).toEqual([]);
  write({ '0003_third.sql': '' });
  expect(await pending()).toEqual(['0003_third']);
  write({ '0001_first.sql': 'select 1;' });
  await expect(pending()).rejects.toThrow('Migration 0001_first was edited after it was applied');
});

test('accepts a pool and leaves it open', async () => {
  write(two);
  expect(await migrate(database.db.pool, directory)).toHaveLength(2);
  expect((await database.db.query('select n from first')).rowCount).toBe(1);
});

test('processes that start together apply every file exactly once', async () => {
  write(two);
  const applied = await Promise.all(Array.from({ length: 8 }, run));
  expect(applied.flat().sort()).toEqual(['0001_first', '0002_second']);
  expect((await database.db.query('select n from first')).rows).toEqual([{ n: 1 }]);
});

test('a failing file leaves nothing behind and keeps the files before it', async () => {
  write({ ...two, '0002_second.sql': 'create table second (n int); select 1 / 0;' });
  await expect(run()).rejects.toThrow('Migration 0002_second: division by zero');
  await expect(database.db.query('select * from second')).rejects.toThrow('does not exist');
  write(two);
  expect(await run()).toEqual(['0002_second']);
});

test.each([
  ['edited', { '0001_first.sql': 'select 1;' }, 'Migration 0001_first was edited after it was applied'],
  ['out of order', { '0001_between.sql': '', '0002_second.sql': two['0002_second.sql'] }, 'same number'],
  ['badly named', { '3-third.sql': '' }, '3-third.sql is not named'],
])('refuses a file that is %s, and applies nothing', async (_, change, message) => {
  write(two);
  await run();
  write({ ...change, '0009_new.sql': 'create table never (n int);' });
  const attempt = run();
  await expect(attempt).rejects.toThrow(MigrationHistoryError);
  await expect(attempt).rejects.toThrow(message);
  await expect(database.db.query('select * from never')).rejects.toThrow('does not exist');
});

test('refuses a file that comes before an applied one', async () => {
  write({ '0002_second.sql': two['0002_second.sql'] });
  await run();
  write(two);
  await expect(run()).rejects.toThrow(
    'Migration 0001_first comes before 0002_second, which is already applied',
  );
});

test('refuses a database that is newer than the program', async () => {
  write(two);
  await run();
  rmSync(directory, { recursive: true });
  mkdirSync(directory);
  write({ '0001_first.sql': two['0001_first.sql'] });
  await expect(run()).rejects.toThrow(
    'The database has migration 0002_second, which this version does not know',
  );
});
