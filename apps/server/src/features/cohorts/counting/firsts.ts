import { instants, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { FoundEvent } from '../../events/index.ts';
import type { Stale } from './days.ts';

/** Types of events that are read of the feed: everything else is stored where it can be summed up. */
export const READ_TYPES = new Set(['code.activated', 'code.distributed', 'bonus.converted'] as const);

/** Notes when players first had a code of a campaign taken. */
export async function noteFirsts(
  tx: Queryable,
  brandId: string,
  events: readonly FoundEvent[],
): Promise<void> {
  const firsts = events.flatMap(({ type, time, data: { player, campaignId } }) =>
    type === 'code.activated' && typeof player === 'string' && typeof campaignId === 'string'
      ? [{ playerId: playerId(brandId, player), campaignId, at: Date.parse(time) }]
      : [],
  );
  if (firsts.length === 0) return;
  await tx.query(
    `insert into first_activations as f (player_id, campaign_id, brand_id, at)
     select player_id, campaign_id, $1::uuid, min(at)
     from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as t (player_id, campaign_id, at)
     group by player_id, campaign_id order by player_id, campaign_id
     on conflict (player_id, campaign_id) do update set at = excluded.at where f.at > excluded.at`,
    [
      brandId,
      uuids(firsts.map((first) => first.playerId)),
      uuids(firsts.map(({ campaignId }) => campaignId)),
      instants(firsts.map(({ at }) => at)),
    ],
  );
}

/** Bonuses that became real money: of those that another system keeps, no wallet is marked. */
export const convertedIn = (brandId: string, events: readonly FoundEvent[]): Stale[] => {
  const stale = events.flatMap(({ type, time, data: { player, currency, at } }): Stale[] =>
    type === 'bonus.converted' && typeof player === 'string' && typeof currency === 'string'
      ? [{ playerId: playerId(brandId, player), currency, since: typeof at === 'string' ? at : time }]
      : [],
  );
  return [...Map.groupBy(stale, ({ playerId, currency }) => `${playerId} ${currency}`).values()].flatMap(
    (of) => of.toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since)).slice(0, 1),
  );
};
