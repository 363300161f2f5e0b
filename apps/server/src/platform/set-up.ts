import type { Queryable } from './db.ts';
import type { Secrets } from './secrets.ts';

/** Whether there is no brand yet, so that nobody could sign in. */
export async function needsSetUp(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ needed: boolean }>('select not exists (select from brands) as needed');
  return rows[0]?.needed === true;
}

/**
 * What the first owner proves with that they may read the server's output. Derived from the secret key, so that every
 * process knows it and none keeps it; good until there is a brand.
 */
export const setUpToken = (secrets: Secrets): string =>
  secrets.mac('set-up token', 'first brand').toString('base64url');
