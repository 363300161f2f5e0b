import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';

/** Past this many accounts an identifier is that of a network or of a fault, and says nothing of those who have it. */
export const MOST_BEHIND = 50;

/**
 * Accounts that share an identifier with any of these: what is known of one says something of the others. Looked up one
 * after the other, for any other plan reads all links while there are no statistics of them yet.
 */
export async function othersBehind(tx: Queryable, playerIds: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ playerId: string }>(
    `select distinct other.player_id as "playerId"
     from (
       select distinct identifier_key from risk_links where player_id = any($1::uuid[]) and removed_at is null
     ) own
     cross join lateral (
       select from risk_identifiers where identifier_key = own.identifier_key and players between 2 and ${MOST_BEHIND} offset 0
     ) shared
     cross join lateral (
       select player_id from risk_links where identifier_key = own.identifier_key and removed_at is null offset 0
     ) other`,
    [uuids(playerIds)],
  );
  return rows.map(({ playerId }) => playerId);
}

/** Of accounts that try codes, has profiles worked out anew that are an hour old: bonuses add up. */
export async function markAged(tx: Queryable, playerIds: readonly string[]): Promise<void> {
  if (playerIds.length === 0) return;
  await tx.query(
    `update risk_profiles p set due_at = now()
     from (
       select player_id from risk_profiles where player_id = any($1::uuid[]) and due_at is null
         and (assessed_at is null or assessed_at < now() - interval '1 hour')
       order by player_id for update
     ) aged where p.player_id = aged.player_id`,
    [uuids(playerIds)],
  );
}

/** Has profiles worked out anew. */
export async function markDue(tx: Queryable, brandId: string, playerIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into risk_profiles as p (player_id, brand_id, due_at)
     select player_id, $1, now() from unnest($2::uuid[]) as t (player_id)
     on conflict (player_id) do update set due_at = coalesce(p.due_at, excluded.due_at)`,
    [brandId, uuids([...new Set(playerIds)].sort())],
  );
}
