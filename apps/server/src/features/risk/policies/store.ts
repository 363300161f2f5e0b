import type { Actor } from '@promosmith/contract';
import { completePolicy, DEFAULT_POLICY, type RiskPolicy } from '@promosmith/core/risk';
import type { Queryable } from '../../../platform/db.ts';

/** A policy with who set it, and why. */
export interface StoredPolicy extends RiskPolicy {
  readonly reason: string;
  readonly createdBy: Actor;
  readonly createdAt: Date;
}

const COLUMNS = 'version, points, bands, reason, created_by as "createdBy", created_at as "createdAt"';

/** Versions of a brand below one, the latest first. */
export async function findPolicies(
  db: Queryable,
  brandId: string,
  { below, limit }: { below: number; limit: number },
): Promise<StoredPolicy[]> {
  const { rows } = await db.query<StoredPolicy>(
    `select ${COLUMNS} from risk_policies where brand_id = $1 and version < $2 order by version desc limit $3`,
    [brandId, below, limit],
  );
  return rows.map((row) => ({ ...row, ...completePolicy(row) }));
}

/** A version of a brand's. */
export async function findVersion(db: Queryable, brandId: string, version: number): Promise<RiskPolicy> {
  const [found] = await findPolicies(db, brandId, { below: version + 1, limit: 1 });
  return found ?? DEFAULT_POLICY;
}

export const MOST_VERSIONS = 2 ** 31 - 1;

/** What counts now; `DEFAULT_POLICY` when nobody has set any. */
export async function findPolicy(db: Queryable, brandId: string): Promise<StoredPolicy | RiskPolicy> {
  const [latest] = await findPolicies(db, brandId, { below: MOST_VERSIONS, limit: 1 });
  return latest ?? DEFAULT_POLICY;
}

/** @returns undefined when there is such a version: somebody was quicker. */
export async function insertPolicy(
  tx: Queryable,
  brandId: string,
  policy: Omit<StoredPolicy, 'createdAt'>,
): Promise<StoredPolicy | undefined> {
  const { rows } = await tx.query<StoredPolicy>(
    `insert into risk_policies (brand_id, version, points, bands, reason, created_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning ${COLUMNS}`,
    [
      brandId,
      policy.version,
      JSON.stringify(policy.points),
      JSON.stringify(policy.bands),
      policy.reason,
      JSON.stringify(policy.createdBy),
    ],
  );
  return rows[0];
}
