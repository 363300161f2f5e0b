import pg from 'pg';
import type { Database, Queryable } from '../../platform/db.ts';
import { migrate } from '../../platform/migrations.ts';
import { openPool } from '../../platform/pool.ts';

/*
 * A schema beside the real one, in which the time is told. Its tables are made by the same migrations; as its `now()` comes
 * before PostgreSQL's own in the search path, every statement, default and migration means that one. What was written
 * there moves into the real tables in one transaction, or is forgotten.
 */

const SCHEMA = 'demo_history';
/** What belongs to the schema itself, and to the installation. */
const STAYS_BEHIND = ['told_time', 'schema_migrations', 'installation'];

/** Views for others, in a schema of their own. */
const OF_THE_REAL_TABLES = ['0079_bi_views'];

/** Makes the schema anew, up to date and empty. @returns the URL under which it is the database. */
export async function openWorkshop(db: Database, databaseUrl: string, start: Date): Promise<string> {
  await closeWorkshop(db);
  await db.query(`create schema ${SCHEMA}`);
  await db.query(`create table ${SCHEMA}.told_time (at timestamptz not null)`);
  await db.query(`insert into ${SCHEMA}.told_time values ($1)`, [start]);
  for (const name of ['now', 'clock_timestamp'])
    await db.query(
      `create function ${SCHEMA}.${name}() returns timestamptz language plpgsql stable
         as 'begin return (select at from ${SCHEMA}.told_time); end'`,
    );
  const url = new URL(databaseUrl);
  // What is there is thrown away unless it moves, so nobody waits for the disk.
  url.searchParams.set('options', `-c search_path=${SCHEMA},pg_catalog -c synchronous_commit=off -c jit=off`);
  await migrate(url.href, undefined, { leaveOut: OF_THE_REAL_TABLES });
  return url.href;
}

export async function closeWorkshop(db: Queryable): Promise<void> {
  await db.query(`drop schema if exists ${SCHEMA} cascade`);
}

/** Tells the database of a workshop what time it is. */
export interface ToldDatabase extends AsyncDisposable {
  tell(ms: number): Promise<void>;
  /** Says how full its tables are: they grow faster than PostgreSQL looks. */
  analyze(): Promise<void>;
}

/** @param url as `openWorkshop` gave it. */
export function tellDatabase(url: string): ToldDatabase {
  const own = openPool({ connectionString: url, max: 1 });
  return {
    async tell(ms) {
      await own.pool.query({
        name: 'tell',
        text: 'update told_time set at = to_timestamp($1::float8 / 1000)',
        values: [ms],
      });
    },
    async analyze() {
      await own.pool.query('analyze');
    },
    [Symbol.asyncDispose]: own.close,
  };
}

/** Moves all that is in the workshop into the real tables, and takes the workshop away: both, or neither. */
export async function moveIn(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    const { rows } = await tx.query<{ name: string; columns: string }>(
      `select table_name as name, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_schema = $1 and table_type = 'BASE TABLE' and table_name <> all($2) group by table_name order by table_name`,
      [SCHEMA, STAYS_BEHIND],
    );
    for (const { name, columns } of rows) {
      const table = pg.escapeIdentifier(name);
      await tx.query(`insert into ${table} (${columns}) select ${columns} from ${SCHEMA}.${table}`);
    }
    await closeWorkshop(tx);
  });
  await db.query('analyze');
}
