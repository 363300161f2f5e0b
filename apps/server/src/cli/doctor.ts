import { Command } from 'commander';
import { verifyChains } from '../features/audit/index.ts';
import { reconcile } from '../features/ledger/index.ts';
import type { Chain } from '../platform/chain.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import type { Database } from '../platform/db.ts';
import { belongsToKey } from '../platform/key-check.ts';
import { MigrationHistoryError, pendingMigrations } from '../platform/migrations.ts';
import { openSecrets } from '../platform/secrets.ts';
import { withDatabase } from './database.ts';

/** What a check found. */
export interface Finding {
  ok: boolean;
  /** One line: what was looked at and, when not ok, what to do. */
  detail: string;
}

export type Check = (db: Database, config: Config) => Promise<Finding>;

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

async function secretKey(db: Database, config: Config): Promise<Finding> {
  const ok = await belongsToKey(db, openSecrets(config.secretKey));
  return {
    ok,
    detail: ok
      ? 'The secret key is the one the database was made with'
      : 'SECRET_KEY is not the key the database was made with: codes cannot be found. Restore the former key.',
  };
}

/** The audit log and the published events are hash-chained: a change made behind the application's back shows. */
const chain =
  (name: Chain, what: string): Check =>
  async (db) => {
    const verdicts = await verifyChains(db, { chain: name });
    const broken = [...verdicts].flatMap(([brandId, verdict]) =>
      verdict.ok
        ? []
        : [`brand ${brandId}, position ${verdict.position}: ${verdict.problem}, ${verdict.detail}`],
    );
    if (broken.length > 0) return { ok: false, detail: `${what}: ${broken.join('; ')}` };
    return { ok: true, detail: `${what}: every hash follows from the one before` };
  };

async function books(db: Database): Promise<Finding> {
  const differences = await reconcile(db);
  if (differences.length === 0)
    return { ok: true, detail: 'Ledger, wallets, grants, counters and budgets agree with what happened' };
  const lines = differences.map(
    ({ check, subject, expected, actual }) => `${check} ${subject}: expected ${expected}, found ${actual}`,
  );
  return { ok: false, detail: `The books do not add up:\n         ${lines.join('\n         ')}` };
}

/** In the order in which one depends on the other: the first that fails leaves the later ones without ground. */
const foundations: readonly Check[] = [database, durability, migrations, secretKey];
const contents: readonly Check[] = [chain('audit', 'Audit log'), chain('outbox', 'Published events'), books];

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Check the installation: database, durability, schema, secret key, hash chains, books. Changes nothing.',
    )
    .addHelpText(
      'after',
      `
Exits with 1 when something is wrong.

Examples:
  promosmith doctor
  DATABASE_URL=postgres://user:password@db.example/promosmith promosmith doctor`,
    )
    .action(async () => {
      const config = loadConfig();
      const healthy = await withDatabase(config, (db) => examine(db, config));
      if (!healthy) process.exitCode = 1;
    });
}

async function examine(db: Database, config: Config): Promise<boolean> {
  const sound = await report(foundations, db, config);
  return sound && (await report(contents, db, config));
}

async function report(checks: readonly Check[], db: Database, config: Config): Promise<boolean> {
  let healthy = true;
  for (const check of checks) {
    const { ok, detail } = await check(db, config);
    healthy &&= ok;
    console.log(`${ok ? 'ok     ' : 'PROBLEM'}  ${detail}`);
  }
  return healthy;
}
