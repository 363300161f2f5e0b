import { Command } from 'commander';
import { loadConfig } from '../platform/config.ts';
import type { Database } from '../platform/db.ts';
import { MigrationHistoryError, pendingMigrations } from '../platform/migrations.ts';
import { withDatabase } from './database.ts';

/** What a check found. */
export interface Finding {
  ok: boolean;
  /** One line: what was looked at and, when not ok, what to do. */
  detail: string;
}

export type Check = (db: Database) => Promise<Finding>;

const oldestVersion = 15;

async function database(db: Database): Promise<Finding> {
  const { rows } = await db.query<{ version: number; name: string }>(
    "select current_setting('server_version_num')::int / 10000 as version, current_database() as name",
  );
  const version = rows[0]?.version ?? 0;
  const needed = version >= oldestVersion ? '' : `; ${oldestVersion} or later is needed`;
  return {
    ok: version >= oldestVersion,
    detail: `PostgreSQL ${version}, database ${rows[0]?.name}${needed}`,
  };
}

async function durability(db: Database): Promise<Finding> {
  const { rows } = await db.query<{ name: string }>(
    `select name from pg_settings
     where (name in ('fsync', 'full_page_writes') and setting = 'off')
        or (name = 'synchronous_commit' and setting in ('off', 'local'))`,
  );
  const unsafe = rows.map(({ name }) => name).join(', ');
  if (!unsafe) return { ok: true, detail: 'What is acknowledged is on disk' };
  return { ok: false, detail: `Acknowledged changes may be lost in a crash: check the settings ${unsafe}` };
}

async function migrations(db: Database): Promise<Finding> {
  try {
    const pending = await pendingMigrations(db.pool);
    if (pending.length === 0) return { ok: true, detail: 'The schema is up to date' };
    return { ok: false, detail: `Not applied yet: ${pending.join(', ')}. Run promosmith migrate.` };
  } catch (error) {
    if (!(error instanceof MigrationHistoryError)) throw error;
    return { ok: false, detail: error.message };
  }
}

/** In the order in which one depends on the other. */
const checks: readonly Check[] = [database, durability, migrations];

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check the installation: the database, its durability, the schema. Changes nothing.')
    .addHelpText(
      'after',
      `
Exits with 1 when something is wrong.

Examples:
  promosmith doctor
  DATABASE_URL=postgres://user:password@db.example/promosmith promosmith doctor`,
    )
    .action(async () => {
      const healthy = await withDatabase(loadConfig(), examine);
      if (!healthy) process.exitCode = 1;
    });
}

async function examine(db: Database): Promise<boolean> {
  let healthy = true;
  for (const check of checks) {
    const { ok, detail } = await check(db);
    healthy &&= ok;
    console.log(`${ok ? 'ok     ' : 'PROBLEM'}  ${detail}`);
  }
  return healthy;
}
