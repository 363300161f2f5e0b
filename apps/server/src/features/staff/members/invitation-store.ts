import type { Queryable } from '../../../platform/db.ts';

/** The membership an invitation is for. */
export interface Invited {
  staffId: string;
  brandId: string;
}

/** In place of the membership's invitation before it. @returns when it is over, ISO 8601. */
export async function saveInvitation(
  tx: Queryable,
  { staffId, brandId }: Invited,
  tokenHash: Buffer,
  days: number,
): Promise<string> {
  const { rows } = await tx.query<{ expires_at: Date }>(
    `insert into invitations (staff_id, brand_id, token_hash, expires_at)
     values ($1, $2, $3, now() + make_interval(days => $4))
     on conflict (staff_id, brand_id) do update
       set token_hash = excluded.token_hash, expires_at = excluded.expires_at
     returning expires_at`,
    [staffId, brandId, tokenHash, days],
  );
  return rows[0]!.expires_at.toISOString();
}

export async function findInvitation(db: Queryable, tokenHash: Buffer): Promise<Invited | undefined> {
  const { rows } = await db.query<Invited>(
    `select staff_id as "staffId", brand_id as "brandId" from invitations
     where token_hash = $1 and expires_at > now()`,
    [tokenHash],
  );
  return rows[0];
}

/** @returns false when another request used it first. */
export async function useInvitation(tx: Queryable, tokenHash: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from invitations where token_hash = $1 and expires_at > now()',
    [tokenHash],
  );
  return rowCount === 1;
}
