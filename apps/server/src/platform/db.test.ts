import { expect, test } from 'vitest';
import { uuids } from './arrays.ts';
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
