import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openPool } from './pool.ts';

/** One numbered SQL file. */
interface Migration {
  /** The four digits its name starts with. */
  number: string;
  /** File name without `.sql`. */
  name: string;
  sql: string;
  /** SHA-256 of the text, in hex. */
  checksum: string;
}

/** The files and the database disagree about what has been applied; nothing was changed. */
export class MigrationHistoryError extends Error {
  override name = 'MigrationHistoryError';
}

const shippedDirectory = fileURLToPath(new URL('../migrations', import.meta.url));

/**
 * Brings the database up to date: applies the files that are not recorded in `schema_migrations` yet, in order, each in a
 * transaction of its own. Processes that start together wait for each other.
 * @param options.leaveOut names of files that are not for this database.
 * @returns the names of the migrations applied by this call.
 * @throws MigrationHistoryError when an applied file was edited or removed, or a new one comes before an applied one.
 */
export async function migrate(
  database: string | pg.Pool,
  directory = shippedDirectory,
  { leaveOut = [] }: { leaveOut?: readonly string[] } = {},
): Promise<string[]> {
  if (typeof database === 'string') {
    await using own = openPool({ connectionString: database, max: 1 });
    return await migrate(own.pool, directory, { leaveOut });
  }
  const migrations = readMigrations(directory).filter(({ name }) => !leaveOut.includes(name));
  const client = await database.connect();
  try {
    await createHistoryTable(client);
    const applied: string[] = [];
    for (const migration of migrations) {
      if (await applyOnce(client, migration, migrations)) applied.push(migration.name);
    }
    return applied;
  } finally {
    client.release();
  }
}

/**
 * What `migrate` would apply.
 * @throws MigrationHistoryError as `migrate` does.
 */
export async function pendingMigrations(pool: pg.Pool, directory = shippedDirectory): Promise<string[]> {
  const migrations = readMigrations(directory);
  const { rows } = await pool.query<{ exists: boolean }>(
    "select to_regclass('schema_migrations') is not null as exists",
  );
  const history = rows[0]?.exists ? await readHistory(pool) : [];
  checkHistory(history, migrations);
  return migrations
    .map(({ name }) => name)
    .filter((name) => history.every((applied) => applied.name !== name));
}

function readMigrations(directory: string): Migration[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'));
  const migrations = files.sort().map((file): Migration => {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) {
      throw new MigrationHistoryError(`${file} is not named NNNN_lower_case_name.sql`);
    }
    const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { number: file.slice(0, 4), name: file.slice(0, -'.sql'.length), sql, checksum };
  });
  for (const [index, { number, name }] of migrations.entries()) {
    if (migrations[index + 1]?.number === number) {
      throw new MigrationHistoryError(`${name} and ${migrations[index + 1]?.name} have the same number`);
    }
  }
  return migrations;
}

/** What "create table if not exists" may meet when another process makes the same table: it is not atomic. */
const createdMeanwhile = ['23505', '42P07', '42710'];

async function createHistoryTable(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(`create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  } catch (error) {
    const lostRace = error instanceof pg.DatabaseError && createdMeanwhile.includes(error.code ?? '');
    if (!lostRace) throw error;
  }
}

/** The table lock makes the check and the change one step; it is held for one migration, so a failure keeps the earlier ones. */
async function applyOnce(client: pg.PoolClient, migration: Migration, all: Migration[]): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query('lock table schema_migrations in exclusive mode');
    const history = await readHistory(client);
    checkHistory(history, all);
    const pending = history.every(({ name }) => name !== migration.name);
    if (pending) {
      await client.query(migration.sql);
      await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
        migration.name,
        migration.checksum,
      ]);
    }
    await client.query('commit');
    return pending;
  } catch (error) {
    await client.query('rollback');
    if (error instanceof pg.DatabaseError)
      throw new Error(`Migration ${migration.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

type Applied = Pick<Migration, 'name' | 'checksum'>;

async function readHistory(client: pg.Pool | pg.PoolClient): Promise<Applied[]> {
  return (await client.query<Applied>('select name, checksum from schema_migrations')).rows;
}

function checkHistory(applied: readonly Applied[], all: Migration[]): void {
  const known = new Map(all.map((migration) => [migration.name, migration]));
  for (const { name, checksum } of applied) {
    const file = known.get(name);
    if (!file)
      throw new MigrationHistoryError(`The database has migration ${name}, which this version does not know`);
    if (file.checksum !== checksum)
      throw new MigrationHistoryError(`Migration ${name} was edited after it was applied`);
  }
  const done = new Set(applied.map(({ name }) => name));
  const last =
    applied
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? '';
  const late = all.find(({ name }) => !done.has(name) && name < last);
  if (late)
    throw new MigrationHistoryError(`Migration ${late.name} comes before ${last}, which is already applied`);
}
