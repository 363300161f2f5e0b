import type { Queryable } from '../platform/db.ts';

/** The plans of all statements that `read` runs, as PostgreSQL tells them. */
export async function plansOf(db: Queryable, read: (db: Queryable) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await read({
    tables: () => db.tables(),
    async query(statement, given) {
      const { text, values } =
        typeof statement === 'string' ? { text: statement, values: given } : { values: [], ...statement };
      const { rows } = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
      return db.query(text, values);
    },
  });
  return plans.join('\n');
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/**
 * What is prepared on a connection whose plans are kept: the names, and which of them would read a whole table or index.
 */
export async function readsOfPrepared(connection: Queryable): Promise<{ names: string[]; whole: string[] }> {
  const { rows } = await connection.query<{ name: string; statement: string; types: string[] }>(
    `select name, statement, parameter_types::text[] as types from pg_prepared_statements where name <> ''`,
  );
  const whole: string[] = [];
  for (const { name, statement, types } of rows) {
    const values = types.map((type) => `null::${type}`).join(', ');
    const explained = await connection.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (format json) execute "${name}"${values && `(${values})`}`,
    );
    const nodes = explained.rows.flatMap((row) => nodesOf(row['QUERY PLAN'][0].Plan));
    const scans = nodes.filter((node) => /Seq Scan|Index/.test(node['Node Type']) && !node['Index Cond']);
    whole.push(...scans.map((scan) => `all of ${scan['Relation Name']} is read by ${name}: ${statement}`));
  }
  return { names: rows.map(({ name }) => name), whole };
}
