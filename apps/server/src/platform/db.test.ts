import { ok, refuse } from '@promosmith/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './db.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

let shared: TestDatabase;
beforeAll(async () => {
  shared = await createTestDatabase();
  await shared.db.query('create table boxes (id int primary key, apples int not null)');
  await shared.db.query('insert into boxes values (1, 0), (2, 0)');
});
afterAll(() => shared.drop());

const NAME = 'db-test';
const open = (): Database =>
  openDatabase(`${shared.url}${shared.url.includes('?') ? '&' : '?'}application_name=${NAME}`, {
    poolSize: 5,
    onIdleError: (error) => expect.unreachable(error.message),
  });
const connections = async () =>
  (await shared.db.query('select from pg_stat_activity where application_name = $1', [NAME])).rowCount;
const apples = async (id: number) =>
  (await shared.db.query<{ apples: number }>('select apples from boxes where id = $1', [id])).rows[0]?.apples;

test('close comes back when the server has no connection of it any more', async () => {
  for (let round = 0; round < 5; round++) {
    const db = open();
    await Promise.all([
      ...Array.from({ length: 5 }, () => db.query('select pg_sleep(0.01)')),
      db.pipelined((connection) => connection.query('select 1')),
    ]);
    expect(await connections()).toBeGreaterThan(5);
    await db.close();
    expect(await connections()).toBe(0);
  }
});

test('close lets a transaction finish', async () => {
  const db = open();
  const entered = Promise.withResolvers<void>();
  const work = db.transaction(async (tx) => {
    await tx.query('update boxes set apples = 7 where id = 1');
    entered.resolve();
    await tx.query('select pg_sleep(0.05)');
  });
  await entered.promise;
  await db.close();
  await work;
  expect(await apples(1)).toBe(7);
});

test('a refusal rolls back and is returned; an error rolls back and is thrown', async () => {
  const refusal = refuse('full', 'The box is full.');
  const before = await apples(2);
  const spoil = 'update boxes set apples = 99 where id = 2';
  const refused = await shared.db.transaction(async (tx) => {
    await tx.query(spoil);
    return refusal;
  });
  expect(refused).toEqual(refusal);
  const broken = shared.db.transaction(async (tx) => {
    await tx.query(spoil);
    throw new Error('a bug');
  });
  await expect(broken).rejects.toThrow('a bug');
  expect(await apples(2)).toBe(before);
});

test('two transactions that deadlock both come through', async () => {
  const bothHoldOne = Promise.withResolvers<void>();
  let holding = 0;
  const move = (first: number, second: number) =>
    shared.db.transaction(async (tx) => {
      await tx.query('update boxes set apples = apples + 1 where id = $1', [first]);
      if (++holding === 2) bothHoldOne.resolve();
      await bothHoldOne.promise;
      await tx.query('update boxes set apples = apples + 1 where id = $1', [second]);
      return ok(undefined);
    });
  const before = await Promise.all([apples(1), apples(2)]);
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(await Promise.all([apples(1), apples(2)])).toEqual(before.map((count) => (count ?? 0) + 2));
});
