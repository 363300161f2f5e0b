import type { Queryable } from '../../../platform/db.ts';

/** @param code keyed hash. @returns false when it is the code of the sign-in before. */
export async function useCode(db: Queryable, staffId: string, code: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    'update staff_two_factor set last_code = $2 where staff_id = $1 and last_code is distinct from $2',
    [staffId, code],
  );
  return rowCount === 1;
}

export async function endSession(db: Queryable, token: string): Promise<void> {
  await db.query('delete from staff_sessions where token = $1', [token]);
}

/** @returns the failures in the window with this one, and the seconds until the window ends. */
export async function countFailure(
  db: Queryable,
  key: string,
  windowSeconds: number,
): Promise<{ failures: number; wait: number }> {
  const { rows } = await db.query<{ failures: number; wait: number }>(
    `insert into sign_in_failures as kept (throttle_key, failures, window_ends)
     values ($1, 1, now() + make_interval(secs => $2))
     on conflict (throttle_key) do update set
       failures = case when kept.window_ends <= now() then 1 else kept.failures + 1 end,
       window_ends = case when kept.window_ends <= now() then excluded.window_ends else kept.window_ends end
     returning failures, ceil(extract(epoch from window_ends - now()))::int as wait`,
    [key, windowSeconds],
  );
  return rows[0]!;
}

/** Takes one failure back from `one`, and all from the others. */
export async function forgiveFailures(db: Queryable, one: string, others: readonly string[]): Promise<void> {
  await db.query('update sign_in_failures set failures = failures - 1 where throttle_key = $1', [one]);
  await db.query('delete from sign_in_failures where throttle_key = any($1::text[])', [others]);
}
