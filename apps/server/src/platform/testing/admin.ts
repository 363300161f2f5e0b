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

/** Drops the database, whoever is still connected. */
export function dropDatabase(adminUrl: string, name: string): Promise<void> {
  return connected(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
}
