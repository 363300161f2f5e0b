import type { SuppressionReason } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { MessageRequest } from './message.ts';

/** How a player is reached by a channel: from the player's record, or from what browsers and bots told. */
const HAS_ADDRESS = `case request.channel
  when 'email' then p.email is not null
  when 'sms' then p.phone is not null
  when 'popup' then true
  when 'inbox' then true
  else exists (select 1 from player_addresses as a where a.player_id = request.player_id and a.channel = request.channel)
end`;

/** Whether marketing was agreed to, for a product and channel. A pair never asked for was not. */
export const consented = (player: string, product: string, channel: string): string =>
  `coalesce((${player}.consents -> ${product} -> ${channel} ->> 'granted')::boolean, false)`;

/**
 * Why requests may not be sent now, in their order; null where nothing forbids it. All of one brand.
 */
export async function findObstacles(
  tx: Queryable,
  brandId: string,
  requests: readonly Pick<MessageRequest, 'playerId' | 'channel' | 'product'>[],
): Promise<(SuppressionReason | null)[]> {
  const { rows } = await tx.query<{ reason: SuppressionReason | null }>(
    `select case
       when p.player_id is null then 'no_address'
       when p.self_excluded_until > now() then 'self_excluded'
       when not ${consented('p', 'request.product', 'request.channel')} then 'no_consent'
       when not ${HAS_ADDRESS} then 'no_address'
       when request.channel not in ('popup', 'inbox') and not exists (
         select 1 from channel_connections as c where c.brand_id = $1 and c.channel = request.channel
       ) then 'not_connected'
     end as reason
     from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as request (player_id, channel, product, n)
     left join players as p on p.player_id = request.player_id and p.player_id = any($2::uuid[])
     order by n`,
    [
      brandId,
      requests.map(({ playerId }) => playerId),
      requests.map(({ channel }) => channel),
      requests.map(({ product }) => product),
    ],
  );
  return rows.map(({ reason }) => reason);
}
