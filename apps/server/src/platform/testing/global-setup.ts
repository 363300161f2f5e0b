import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { deleteEmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/index.ts';
import { describeProcess } from '../embedded-postgres/processes.ts';
import { migrate } from '../migrations.ts';
import { createDatabase, databaseUrl, dropDatabase } from './admin.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

/**
 * One PostgreSQL for the whole run (ours, or the one `DATABASE_URL` names) with one migrated template, which each test file
 * clones. fsync is off for speed here; the tests about durability start servers of their own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL ? external(process.env.DATABASE_URL) : await embedded();
  const template = `promosmith_template_${process.pid}`;
  await dropDatabase(server.adminUrl, template);
  await createDatabase(server.adminUrl, template);
  await migrate(databaseUrl(server.adminUrl, template));
  project.provide('postgres', { adminUrl: server.adminUrl, template });
  return async () => {
    await dropDatabase(server.adminUrl, template);
    await server.stop();
  };
}

function external(url: string) {
  return { adminUrl: url, stop: async () => {} };
}

async function embedded() {
  await deleteAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbeddedPostgres({
    dataDir,
    log,
    settings: { fsync: 'off', max_connections: '300' },
  });
  return {
    adminUrl: databaseUrl(server.url, 'postgres'),
    stop: async () => {
      await server.stop();
      await deleteEmbeddedPostgres(dataDir);
    },
  };
}

const log = (line: string) => process.stderr.write(`${line}\n`);

const prefix = 'promosmith-test-';

/** Deletes the servers of earlier runs that were killed before they could tidy up. The folder's name holds the run's pid. */
async function deleteAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : 0;
    if (!pid || describeProcess(pid)) continue;
    const dataDir = join(tmpdir(), name);
    const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid;
    if (owner === process.getuid?.()) await deleteEmbeddedPostgres(dataDir);
  }
}
