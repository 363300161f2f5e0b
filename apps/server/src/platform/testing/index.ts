import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../db.ts';
import { createDatabase, databaseUrl, dropDatabase } from './admin.ts';

export interface TestDatabase {
  url: string;
  /** A pool on it, connected at first use and closed by `drop`. */
  db: Database;
  /** Removes the database, whoever is still connected to it. */
  drop: () => Promise<void>;
}

/**
 * A migrated, empty database of a test file's own on the real PostgreSQL of this run. Costs some 50 ms.
 * @param options.migrated false leaves the migrations to the test.
 */
export async function createTestDatabase({ migrated = true, poolSize = 5 } = {}): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres');
  const name = `promosmith_test_${randomBytes(8).toString('hex')}`;
  await createDatabase(adminUrl, name, migrated ? template : undefined);
  const url = databaseUrl(adminUrl, name);
  const db = openDatabase(url, {
    poolSize,
    onIdleError: (error) => console.error(`idle connection to ${name}: ${error.message}`),
  });
  const drop = async () => {
    await db.close();
    await dropDatabase(adminUrl, name);
  };
  return { url, db, drop };
}
