import type { getWalletBalance, RouteOutput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { wagerToMinor } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { loadFunds } from '../funds/index.ts';
import { loadPlayers } from '../players/index.ts';

const NOT_FOUND = refuse('not_found', 'There is no such player.');

/** What a player has in a currency. Refused with `not_found` when nobody ever told of the player. */
export async function balanceOf(
  db: Database,
  brandId: string,
  player: string,
  currency: string,
): Promise<Result<RouteOutput<typeof getWalletBalance>>> {
  const id = playerId(brandId, player);
  const [[now], players] = await Promise.all([
    loadFunds(db, [{ playerId: id, currency }]),
    loadPlayers(db, [id]),
  ]);
  const { real = 0, bonus = 0, grants = [] } = now ?? {};
  if (!players.has(id) && real === 0 && grants.length === 0) return NOT_FOUND;
  return ok({
    ...{ player, currency, real, bonus },
    grants: grants
      .filter(({ status }) => status === 'active')
      .map(({ grantId, balance, wagered, required }) => ({
        ...{ grantId, balance },
        wagered: wagerToMinor(BigInt(wagered)),
        wageringRequired: wagerToMinor(BigInt(required)),
      })),
  });
}
