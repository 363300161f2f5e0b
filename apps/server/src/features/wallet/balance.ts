import type { getWalletBalance, RouteOutput } from '@promosmith/contract';
import { wagerToMinor } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { loadFunds } from '../funds/index.ts';

/** What a player has in a currency; nothing, when there never was any. */
export async function balanceOf(
  db: Database,
  brandId: string,
  player: string,
  currency: string,
): Promise<RouteOutput<typeof getWalletBalance>> {
  const [now] = await loadFunds(db, [{ playerId: playerId(brandId, player), currency }]);
  const active = (now?.grants ?? []).filter(({ status }) => status === 'active');
  return {
    ...{ player, currency, real: now?.real ?? 0, bonus: now?.bonus ?? 0 },
    grants: active.map(({ grantId, balance, wagered, required }) => ({
      ...{ grantId, balance },
      wagered: wagerToMinor(BigInt(wagered)),
      wageringRequired: wagerToMinor(BigInt(required)),
    })),
  };
}
