import type { GrantPlan } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { createFreshCache } from '../../platform/fresh-cache.ts';
import { type NewDelivery, queueDeliveries } from './deliveries/queue.ts';

const MAX_AGE_MS = 1000;
const CAPACITY = 1000;

/** Deliveries to the outside engines that keep brands' bonuses. */
export const ENGINE = 'engine';

/** Who keeps a brand's bonuses of money: this server, or an outside engine. */
export interface Keeper {
  /**
   * As it was at most a second ago (at once in the process that changed it). Bonuses decided within that second may
   * still go to the former keeper, which keeps them for good.
   */
  isOutside(brandId: string): Promise<boolean>;
  /** After a change by this process. */
  forget(brandId: string): void;
}

export function createKeeper(db: Queryable): Keeper {
  const cache = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    load: async (brandId: string) => ({ isOutside: (await keptOutside(db, [brandId])).has(brandId) }),
  });
  return {
    isOutside: async (brandId) => (await cache.get(brandId))?.isOutside ?? false,
    forget: (brandId) => cache.forget(brandId),
  };
}

/** Of these brands, those whose bonuses an outside engine keeps now. */
export async function keptOutside(db: Queryable, brandIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ brand_id: string }>(
    'select brand_id from bonus_engines where brand_id = any($1::uuid[]) and enabled',
    [[...new Set(brandIds)]],
  );
  return new Set(rows.map(({ brand_id }) => brand_id));
}

/** A bonus of money as it begins where an outside engine keeps it: pending, until the engine has it. */
export const begunOutside = <Plan extends Pick<GrantPlan, 'status' | 'amount'>>(plan: Plan): Plan =>
  plan.amount > 0 ? { ...plan, status: 'pending' } : plan;

/** Whether a bonus that begins is on its way to an outside engine: only there does one with an amount wait. */
export const goesOutside = ({ status, amount }: Pick<GrantPlan, 'status' | 'amount'>): boolean =>
  status === 'pending' && amount > 0;

/** Queues bonuses for the engines that keep them. All statements start at once. */
export const sendOutside = (
  connection: Queryable,
  grants: readonly Pick<NewDelivery, 'playerId' | 'brandId' | 'grantId'>[],
): Promise<void> =>
  queueDeliveries(
    connection,
    grants.map(({ playerId, brandId, grantId }) => ({
      playerId,
      brandId,
      grantId,
      target: ENGINE,
      operation: 'issue',
      payload: {},
    })),
  );
