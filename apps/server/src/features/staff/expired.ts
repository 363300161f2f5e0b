import type { Database } from '../../platform/db.ts';

const AT_ONCE = 1000;
const KEPT_UNTIL = {
  staff_sessions: 'expires_at',
  staff_verifications: 'expires_at',
  invitations: 'expires_at',
  sign_in_failures: 'window_ends',
} as const;

/** Deletes what is over, a bounded number of rows at a time. @returns whether there may be more. */
export async function sweepExpired(db: Database): Promise<boolean> {
  let more = false;
  for (const [table, end] of Object.entries(KEPT_UNTIL)) {
    const { rowCount } = await db.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${end} < now() limit ${AT_ONCE}))`,
    );
    more ||= rowCount === AT_ONCE;
  }
  return more;
}
