import { join } from 'node:path';
import type { App } from '../app.ts';
import type { Config } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/db.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { pendingMigrations } from '../platform/migrations.ts';
import { CommandError } from './failure.ts';

export const embeddedDataDir = (config: Config): string => join(config.dataDir, 'postgres');

export const openConfiguredDatabase = (config: Config, url: string, warn: (line: string) => void): Database =>
  openDatabase(url, {
    poolSize: config.databasePoolSize,
    onIdleError: ({ message }) => warn(`lost an idle database connection: ${message}`),
  });

/**
 * Runs `work` on the configured database. The embedded one is used through the process that serves it, or is started for as
 * long as the work takes.
 */
export async function withDatabase<T>(
  config: Config,
  work: (db: Database, url: string) => Promise<T>,
): Promise<T> {
  await using opened = new AsyncDisposableStack();
  let url = config.databaseUrl ?? findEmbeddedPostgres(embeddedDataDir(config));
  if (url === undefined) {
    const server = await startEmbeddedPostgres({ dataDir: embeddedDataDir(config), log: toStderr });
    opened.defer(server.stop);
    url = server.url;
  }
  const db = openConfiguredDatabase(config, url, toStderr);
  opened.defer(db.close);
  return await work(db, url);
}

/** Runs `work` with the application, which does not listen, on a database that is up to date. */
export function withApp<T>(config: Config, work: (app: App) => Promise<T>): Promise<T> {
  return withDatabase(config, async (db) => {
    const pending = await pendingMigrations(db.pool);
    if (pending.length > 0)
      throw new CommandError('The database is not up to date: run promosmith migrate first.');
    return runApp(config, db, work);
  });
}

/** Loads the application where one is made: the primary of several processes and most commands do without its memory. */
export async function openApp(config: Config, db: Database): Promise<App> {
  const { createApp } = await import('../app.ts');
  return createApp(config, db);
}

export async function runApp<T>(config: Config, db: Database, work: (app: App) => Promise<T>): Promise<T> {
  const app = await openApp({ ...config, logLevel: 'fatal' }, db);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** stdout is for what a command was asked for. */
const toStderr = (line: string) => console.error(line);
