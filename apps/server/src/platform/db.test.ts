import { refuse } from '@promosmith/core';
import { describe, expect, test } from 'vitest';
import { uuids } from './arrays.ts';
import { type Database, Overtaken, sqlState } from './db.ts';
import { newId } from './ids.ts';
import { createTestDatabase } from './testing/index.ts';

test('a plan that a pipelined connection made while a table was small finds rows by the index once it is full', async () => {
  const { db, drop } = await createTestDatabase();
  const fill = (rows: number) =>
    db.query(
      `insert into players (player_id, brand_id, external_id)
       select gen_random_uuid(), gen_random_uuid(), n::text from generate_series(1, $1) n`,
      [rows],
    );
  await fill(20);
  await db.query('analyze players');
  const plan = await db.pipelined(async (connection) => {
    // PostgreSQL settles on one plan for any values after five executions.
    for (let i = 0; i < 10; i++)
      await connection.query({
        name: 'test.find',
        text: 'select player_id from players where player_id = any($1::uuid[])',
        values: [uuids([newId()])],
      });
    await fill(20_000);
    const { rows } = await connection.query<{ 'QUERY PLAN': string }>(
      `explain (costs off) execute "test.find" (array['${newId()}']::uuid[])`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
  await drop();
  expect(plan).toContain('players_pkey');
  expect(plan).not.toContain('Seq Scan');
});

describe('a prepared transaction', () => {
  const INSERT = 'insert into players (player_id, brand_id, external_id) values ($1, $1, $2)';
  const namesIn = async (db: Database): Promise<string[]> =>
    (await db.query<{ name: string }>('select external_id as name from players order by 1')).rows.map(
      ({ name }) => name,
    );

  test('prepares a text once, and what is no text never', async () => {
    const { db, drop } = await createTestDatabase();
    for (const name of ['a', 'b'])
      await db.preparedTransaction(async (tx) => {
        await tx.query(INSERT, [newId(), name]);
        await tx.query({ text: 'select $1::int', values: [1] });
      });
    const { rows } = await db.preparedTransaction((tx) =>
      tx.query<{ statement: string }>('select statement from pg_prepared_statements'),
    );
    expect(rows).toEqual([{ statement: INSERT }]);
    expect(await namesIn(db)).toEqual(['a', 'b']);
    await drop();
  });

  test('that is refused, or fails, is undone, and leaves its connection as it was', async () => {
    const { db, drop } = await createTestDatabase();
    const add = (name: string, then: () => unknown) =>
      db.preparedTransaction(async (tx) => {
        await tx.query(INSERT, [newId(), name]);
        return then();
      });
    await add('refused', () => refuse('conflict', 'Not this one.'));
    await expect(
      add('thrown', () => {
        throw new Error('thrown');
      }),
    ).rejects.toThrow('thrown');
    const broken = db.preparedTransaction((tx) =>
      Promise.all([
        tx.query(INSERT, [newId(), 'broken']),
        tx.query('select 1 / $1::int', [0]),
        tx.query('select 2'),
      ]),
    );
    expect(sqlState(await broken.catch((error: unknown) => error))).toBe('22012');
    await add('kept', () => undefined);
    expect(await namesIn(db)).toEqual(['kept']);
    await drop();
  });

  test('that was overtaken is run again', async () => {
    const { db, drop } = await createTestDatabase();
    let tries = 0;
    await db.preparedTransaction(async (tx) => {
      await tx.query(INSERT, [newId(), `try ${++tries}`]);
      if (tries === 1) throw new Overtaken('first');
    });
    expect(await namesIn(db)).toEqual(['try 2']);
    await drop();
  });
});
