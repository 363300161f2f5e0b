import { join } from 'node:path';
import pg from 'pg';
import {
  deleteEmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../apps/server/src/platform/embedded-postgres/index.ts';
import { migrate } from '../../apps/server/src/platform/migrations.ts';

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } as const;

const log = (line: string): void => console.error(line);

/**
 * A fresh embedded PostgreSQL, as `npm start` runs it, under `.data/bench`. What it holds is deleted afterwards.
 * @throws when it would not keep what it acknowledges: then no figure would mean anything.
 */
export async function startPostgres(
  root: string,
): Promise<{ url: string; version: string; stop(): Promise<void> }> {
  const dataDir = join(root, '.data', 'bench');
  await deleteEmbeddedPostgres(dataDir);
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log });
  await migrate(url);
  return {
    url,
    version: await checkDurable(url),
    async stop() {
      await stop();
      await deleteEmbeddedPostgres(dataDir);
    },
  };
}

/** @returns the version of the server. */
async function checkDurable(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const [name, wanted] of Object.entries(DURABLE)) {
      const { rows } = await client.query<{ value: string }>('select current_setting($1) as value', [name]);
      if (rows[0]?.value !== wanted) throw new Error(`${name} is ${rows[0]?.value}, not ${wanted}`);
    }
    const { rows } = await client.query<{ value: string }>(
      `select current_setting('server_version') as value`,
    );
    return rows[0]?.value ?? '';
  } finally {
    await client.end();
  }
}
