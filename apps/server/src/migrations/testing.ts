import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../platform/db.ts';
import { migrate } from '../platform/migrations.ts';
import { createTestDatabase } from '../platform/testing/index.ts';

const SHIPPED = import.meta.dirname;

/** A database as it was before a migration and those after it, to be thrown away at the end of its scope. */
export interface FormerDatabase extends AsyncDisposable {
  db: Database;
  /** Applies the others. */
  upgrade(): Promise<void>;
}

/** @param number of the first migration that is not applied yet, as in its file's name. */
export async function createDatabaseBefore(number: string): Promise<FormerDatabase> {
  const { db, url, drop } = await createTestDatabase({ migrated: false });
  const former = mkdtempSync(join(tmpdir(), 'migrations-'));
  for (const file of readdirSync(SHIPPED))
    if (file.endsWith('.sql') && file < number) copyFileSync(join(SHIPPED, file), join(former, file));
  await migrate(url, former);
  await rm(former, { recursive: true });
  return {
    db,
    upgrade: async () => {
      await migrate(url);
    },
    [Symbol.asyncDispose]: drop,
  };
}
