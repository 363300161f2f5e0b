import type { Queryable } from '../platform/db.ts';

/** The plans of all statements that `read` runs, as PostgreSQL tells them. */
export async function plansOf(db: Queryable, read: (db: Queryable) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await read({
    tables: () => db.tables(),
    async query(text, values) {
      const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
      return db.query(text, values);
    },
  });
  return plans.join('\n');
}
