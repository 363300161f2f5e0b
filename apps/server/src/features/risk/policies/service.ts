import type { RiskPolicy as PolicyView, RouteInput, setRiskPolicy } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { RiskPolicy } from '@promosmith/core/risk';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { createFreshCache } from '../../../platform/fresh-cache.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { findPolicies, findPolicy, insertPolicy, MOST_VERSIONS, type StoredPolicy } from './store.ts';

const MAX_AGE_MS = 1000;
const CAPACITY = 1000;

export interface Policies {
  /** As it was at most a second ago; at once in the process that changed it. */
  of(brandId: string): Promise<RiskPolicy>;
  read(brandId: string): Promise<PolicyView>;
  set(change: RouteInput<typeof setRiskPolicy>['body'], context: RequestContext): Promise<Result<PolicyView>>;
  list(
    brandId: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Result<{ items: PolicyView[]; nextCursor: string | null }>>;
}

const Cursor = z.tuple([z.string().regex(/^\d{1,9}$/)]);

/** What indicators weigh in a brand. Versions are added, and none is ever changed. */
export function createPolicies(db: Database): Policies {
  const cache = createFreshCache<RiskPolicy>({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    load: (brandId) => findPolicy(db, brandId),
  });

  return {
    async of(brandId) {
      const policy = await cache.get(brandId);
      if (!policy) throw new Error(`brand ${brandId} has no policy`);
      return policy;
    },

    read: async (brandId) => viewOf(await findPolicy(db, brandId)),

    async set({ version, points, bands, reason }, { caller: { brandId, actor }, requestId }) {
      const set = await db.transaction(async (tx): Promise<Result<StoredPolicy>> => {
        const before = await findPolicy(tx, brandId);
        if (before.version !== version) return conflict(before.version);
        const next = { version: version + 1, points, bands, reason, createdBy: actor };
        // Of two who read the same version, the key lets one have the next.
        const after = await insertPolicy(tx, brandId, next);
        if (!after) return conflict(version + 1);
        await audit(tx, {
          ...{ brandId, actor, requestId, reason },
          action: 'risk_policy.set',
          targetKind: 'risk_policy',
          targetId: String(after.version),
          before: { version: before.version, points: before.points, bands: before.bands },
          after: { version: after.version, points, bands },
        });
        return ok(after);
      });
      cache.forget(brandId);
      return set.ok ? ok(viewOf(set.value)) : set;
    },

    async list(brandId, { cursor, limit }) {
      const after = decodeCursor(cursor, Cursor);
      if (!after.ok) return after;
      const below = after.value === undefined ? MOST_VERSIONS : Number(after.value[0]);
      const rows = await findPolicies(db, brandId, { below, limit: limit + 1 });
      return ok(toPage(rows, limit, ({ version }) => [String(version)], viewOf));
    },
  };
}

const conflict = (version: number) =>
  refuse(
    'revision_conflict',
    `Weights are at version ${version} now: read them again and repeat the change.`,
  );

const isStored = (policy: RiskPolicy): policy is StoredPolicy => 'createdAt' in policy;

const viewOf = (policy: StoredPolicy | RiskPolicy): PolicyView => ({
  version: policy.version,
  points: policy.points,
  bands: policy.bands,
  reason: isStored(policy) ? policy.reason : null,
  createdBy: isStored(policy) ? policy.createdBy : null,
  createdAt: isStored(policy) ? policy.createdAt.toISOString() : null,
});
