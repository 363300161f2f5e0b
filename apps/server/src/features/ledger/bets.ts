import { type BonusBet, Instant, type listGrantBets, type RouteInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { WAGER_UNIT } from '@promosmith/core/money';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';

type Page = { items: BonusBet[]; nextCursor: string | null };

const Cursor = z.tuple([Instant, z.string().max(200)]);

interface Row {
  bet_id: string;
  round_id: string;
  game: string;
  category: string | null;
  part: 'stake' | 'win' | 'closing_win' | null;
  stake: number;
  win: number;
  bonus_stake: number;
  bonus_win: number;
  counted: number;
  breach: boolean;
  rolled_back_at: Date | null;
  at: Date;
  received_at: Date;
}

/**
 * Of a bet with parts of several bonuses the row has their sums, and the parts of all but the first. A bonus is played
 * with from its effective instant on, which bounds what is read of the player's bets.
 */
const BETS = `select b.bet_id, b.round_id, b.game, b.category, b.part, b.stake, b.win, b.breach and own.counts as breach,
    case when b.grant_id = $2 then b.bonus_stake - further.stake else further.own_stake end::bigint as bonus_stake,
    case when b.grant_id = $2 then b.bonus_win - further.win else further.own_win end::bigint as bonus_win,
    case when own.counts then b.contribution else 0 end as counted, b.rolled_back_at, b.at, b.received_at
  from bets b
  cross join lateral (select coalesce(b.counted_for, b.grant_id) = $2 as counts) own
  cross join lateral (
    select coalesce(sum((share->>1)::bigint), 0) as stake, coalesce(sum((share->>2)::bigint), 0) as win,
      coalesce(sum((share->>1)::bigint) filter (where (share->>0)::uuid = $2), 0) as own_stake,
      coalesce(sum((share->>2)::bigint) filter (where (share->>0)::uuid = $2), 0) as own_win,
      coalesce(bool_or((share->>0)::uuid = $2), false) as is_part
    from json_array_elements(b.further) share
  ) further
  where b.player_id = $1 and b.at >= $3 and (b.grant_id = $2 or b.counted_for = $2 or further.is_part)
    and ($4::timestamptz is null or (b.at, b.bet_id) < ($4::timestamptz, $5::text))
  order by b.at desc, b.bet_id desc limit $6`;

/** Bets of a bonus, the newest first. A player sees those of their own bonuses. */
export async function listBets(
  db: Queryable,
  { brandId, playerExternalId }: Pick<Caller, 'brandId' | 'playerExternalId'>,
  grantId: string,
  { cursor, limit }: RouteInput<typeof listGrantBets>['query'],
): Promise<Result<Page>> {
  const after = decodeCursor(cursor, Cursor);
  if (!after.ok) return after;
  const grant = await db.query<{ player_id: string; since: Date }>(
    `select player_id, least(created_at, granted_at, effective_at) as since from grants
     where brand_id = $1 and grant_id = $2 and ($3::uuid is null or player_id = $3)`,
    [brandId, grantId, playerExternalId === undefined ? null : playerId(brandId, playerExternalId)],
  );
  const [found] = grant.rows;
  if (!found) return refuse('not_found', `There is no grant ${grantId}.`);
  const [at, betId] = after.value ?? [null, null];
  const { rows } = await db.query<Row>(BETS, [
    ...[found.player_id, grantId, found.since],
    ...[at, betId, limit + 1],
  ]);
  return ok(toPage(rows, limit, (row) => [row.at.toISOString(), row.bet_id], betOf));
}

const betOf = (row: Row): BonusBet => ({
  betId: row.bet_id,
  roundId: row.round_id,
  game: row.game,
  category: row.category,
  part: row.part === null ? 'bet' : row.part === 'stake' ? 'stake' : 'win',
  stake: row.stake,
  win: row.win,
  bonusStake: row.bonus_stake,
  bonusWin: row.bonus_win,
  counted: row.counted / WAGER_UNIT,
  aboveMaxBet: row.breach,
  rolledBackAt: row.rolled_back_at?.toISOString() ?? null,
  happenedAt: row.at.toISOString(),
  bookedAt: row.received_at.toISOString(),
});
