import type { Channel } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/**
 * Withdraws a player's consent to marketing by a channel, of every product it was asked for.
 * @param source how it is known that the player wants no more.
 * @returns whether there was any.
 */
export async function withdrawConsent(
  tx: Queryable,
  playerId: string,
  channel: Channel,
  source: string,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update players as p set updated_at = now(), consents = (
       select jsonb_object_agg(product, case when channels -> $2 ->> 'granted' = 'true'
         then channels || jsonb_build_object($2::text, jsonb_build_object('granted', false, 'source', $3::text,
           'at', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
         else channels end)
       from jsonb_each(p.consents) as asked (product, channels))
     where player_id = $1 and exists (
       select 1 from jsonb_each(p.consents) as asked (product, channels) where channels -> $2 ->> 'granted' = 'true')`,
    [playerId, channel, source],
  );
  return (rowCount ?? 0) > 0;
}
