import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The URL of another database on the same server. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Runs statements on a connection of its own. */
async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

export function createDatabase(adminUrl: string, name: string, template = 'template1'): Promise<void> {
  return connected(adminUrl, (client) => client.query(`create database ${name} template ${template}`));
}

const patience = { attempts: 50, pauseMs: 10 };

/**
 * Drops the database, whoever is still connected. Connections that were closed a moment ago may finish first: cutting one
 * off just then would raise an error in a client nobody listens to any more.
 */
export function dropDatabase(adminUrl: string, name: string): Promise<void> {
  return connected(adminUrl, async (client) => {
    for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
      const users = await client.query('select 1 from pg_stat_activity where datname = $1', [name]);
      if (users.rowCount === 0) break;
      await sleep(patience.pauseMs);
    }
    await client.query(`drop database if exists ${name} with (force)`);
  });
}
