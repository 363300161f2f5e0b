import type { Queryable } from '../../../platform/db.ts';

/** @returns the Argon2id hash; undefined for somebody who has not set a password yet. */
export async function findPassword(db: Queryable, staffId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ password: string | null }>(
    `select password from staff_accounts where staff_id = $1 and provider_id = 'credential'`,
    [staffId],
  );
  return rows[0]?.password ?? undefined;
}

/** @returns false when a password was set already. */
export async function insertPassword(
  tx: Queryable,
  accountId: string,
  staffId: string,
  hash: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into staff_accounts (id, staff_id, provider_id, account_id, password)
     values ($1, $2::uuid, 'credential', $2::text, $3) on conflict (staff_id, provider_id) do nothing`,
    [accountId, staffId, hash],
  );
  return rowCount === 1;
}

export async function replacePassword(
  tx: Queryable,
  accountId: string,
  staffId: string,
  hash: string,
): Promise<void> {
  await tx.query(
    `insert into staff_accounts (id, staff_id, provider_id, account_id, password)
     values ($1, $2::uuid, 'credential', $2::text, $3)
     on conflict (staff_id, provider_id) do update set password = excluded.password, updated_at = now()`,
    [accountId, staffId, hash],
  );
}

export async function endSessions(tx: Queryable, staffId: string): Promise<void> {
  await tx.query('delete from staff_sessions where staff_id = $1', [staffId]);
}
