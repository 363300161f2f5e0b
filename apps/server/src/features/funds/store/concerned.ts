import type { Millis } from '@promosmith/core/activation';
import { instants, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { IS_MONEY } from '../../bonuses/index.ts';
import type { WalletKey } from '../folding/wallet.ts';

/** Bonuses that were under way in a wallet at an instant. */
export async function underWayAt(
  connection: Queryable,
  moments: readonly (WalletKey & { readonly at: Millis })[],
): Promise<{ index: number; grantId: string }[]> {
  if (moments.length === 0) return [];
  const { rows } = await connection.query<{ index: number; grantId: string }>(
    `select n::int - 1 as index, g.grant_id as "grantId"
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as t (player, currency, at, n)
     join grants g on g.player_id = t.player and g.player_id = any($1::uuid[]) and g.currency = t.currency
     where g.folded and ${IS_MONEY} and coalesce(g.effective_at, g.granted_at) <= t.at
       and (g.ended_at is null or g.ended_at >= t.at)
     order by n, coalesce(g.effective_at, g.granted_at), g.grant_id`,
    [
      uuids(moments.map(({ playerId }) => playerId)),
      texts(moments.map(({ currency }) => currency)),
      instants(moments.map(({ at }) => at)),
    ],
  );
  return rows;
}

/**
 * What became real money of the bonuses that deposits earned: what they, or bonuses that came out of them, converted, and
 * what they paid as cash.
 */
export async function convertedOf(
  connection: Queryable,
  deposits: readonly { readonly playerId: string; readonly depositId: string }[],
): Promise<{ playerId: string; depositId: string; grantId: string; converted: number }[]> {
  if (deposits.length === 0) return [];
  const { rows } = await connection.query<{
    playerId: string;
    depositId: string;
    grantId: string;
    converted: number;
  }>(
    `select e.player_id as "playerId", e.deposit_id as "depositId", made.grant_id as "grantId", made.amount as converted
     from unnest($1::uuid[], $2::text[]) as t (player, deposit)
     join grants e on e.player_id = t.player and e.player_id = any($1::uuid[]) and e.deposit_id = t.deposit
     cross join lateral (
       select grant_id, converted as amount from grants g
       where g.player_id = e.player_id and e.grant_id in (g.grant_id, g.parent_grant_id) and g.status = 'completed'
       union all
       select w.grant_id, w.amount from wallet_entries w
       where w.player_id = e.player_id and w.kind = 'cash' and w.grant_id = e.grant_id
     ) made
     where made.amount > 0 order by made.grant_id`,
    [uuids(deposits.map(({ playerId }) => playerId)), texts(deposits.map(({ depositId }) => depositId))],
  );
  return rows;
}
