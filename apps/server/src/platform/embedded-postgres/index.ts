import { rmSync } from 'node:fs';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { ensureCluster, ensureSocketFolder, owner } from './cluster.ts';
import { prepareHome } from './home.ts';
import { findPostmaster, takeOver } from './occupant.ts';
import { chooseAddress, launch, runningAddress } from './server.ts';
import { supervise } from './supervisor.ts';

export { DataDirectoryInUseError } from './occupant.ts';

export interface EmbeddedPostgresOptions {
  /** Folder for the data, made when missing. */
  dataDir: string;
  /** Receives the few lines an operator should see; PostgreSQL's own log is `postgres.log` in the folder. */
  log: (line: string) => void;
  /** PostgreSQL settings that differ from ours. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** Connection URL of the application's database, as the account that owns it. */
  url: string;
  /** Fast shutdown: running transactions are rolled back, everything committed is on disk. May be called again. */
  stop: () => Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, and keeps it running: when it dies it is started again, at the same URL, and
 * recovers from its log. A server left behind by a killed process of ours is stopped first.
 * @throws DataDirectoryInUseError when a living process already serves the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options;
  const home = prepareHome(dataDir, log);
  const binaries = findBinaries(home.account, log);
  await ensureCluster(home, binaries.initdb);
  ensureSocketFolder(home);
  const address = await chooseAddress(home);
  const settings = { ...options.settings, ...address.settings };
  const { stop } = await supervise(async () => {
    await takeOver(home, log);
    return launch(home, binaries.postgres, settings);
  }, log);
  try {
    await ensureDatabase(address.url('postgres'));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: address.url(owner), stop };
}

/** The URL of the server that a living process keeps on the folder; undefined when none does. */
export function findEmbeddedPostgres(dataDir: string): string | undefined {
  const home = prepareHome(dataDir);
  return findPostmaster(home.cluster)?.supervisor?.alive ? runningAddress(home)?.url(owner) : undefined;
}

/**
 * Deletes a stopped server with all its data; one left running by a killed process is stopped first.
 * @throws DataDirectoryInUseError when a living process serves the folder.
 */
export async function deleteEmbeddedPostgres(dataDir: string): Promise<void> {
  const home = prepareHome(dataDir);
  await takeOver(home);
  for (const folder of [dataDir, home.directory])
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const existing = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (existing.rowCount === 0) await client.query(`create database ${owner}`);
  } finally {
    await client.end();
  }
}
