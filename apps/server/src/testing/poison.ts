import type { Queryable } from '../platform/db.ts';

/**
 * Makes every change of some rows fail, as a bug or a broken row would.
 * @param condition on `new`, in SQL.
 * @returns what mends it.
 */
export async function poison(
  db: Queryable,
  table: string,
  condition: string,
): Promise<() => Promise<unknown>> {
  await db.query(
    `create or replace function poisoned() returns trigger language plpgsql
     as $$ begin raise exception 'a test poisoned the row'; end $$`,
  );
  await db.query(
    `create trigger poison before insert or update on ${table} for each row when (${condition})
     execute function poisoned()`,
  );
  return () => db.query(`drop trigger poison on ${table}`);
}
