import type { Queryable } from '../../platform/db.ts';
import type { PlayerRecord } from './player.ts';
import { findMany } from './store/index.ts';

/** @returns the players there are, by player id, in one statement. */
export async function loadPlayers(
  db: Queryable,
  playerIds: readonly string[],
): Promise<Map<string, PlayerRecord>> {
  const players = await findMany(db, playerIds);
  return new Map(players.map((player) => [player.playerId, player]));
}
