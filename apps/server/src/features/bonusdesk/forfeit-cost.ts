import type { ForfeitCost } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { WAGER_UNIT } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import { loadFunds } from '../funds/index.ts';
import { type Found, findGrant, grantNotFound, notActive } from './grant.ts';

const UNDER_WAY: ReadonlySet<Found['status']> = new Set(['pending', 'delivery_failed', 'active']);

/** What giving a bonus up would cost its player now. */
export async function forfeitCost(
  db: Database,
  grantId: string,
  { brandId, playerExternalId }: Caller,
): Promise<Result<ForfeitCost>> {
  const found = await findGrant(db, brandId, grantId, playerExternalId);
  if (!found) return grantNotFound;
  if (!UNDER_WAY.has(found.status)) return notActive(found.status);
  const { playerId, currency, amount, balance, wagered, isOutside } = found;
  const [funds] = isOutside ? [] : await loadFunds(db, [{ playerId, currency }]);
  return ok({
    grantId,
    currency,
    balanceLost: balance,
    winningsLost: Math.max(0, balance - amount),
    turnoverLost: Math.floor(wagered / WAGER_UNIT),
    realKept: funds?.real ?? null,
  });
}
