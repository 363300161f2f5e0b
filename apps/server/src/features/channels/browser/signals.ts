import type { Database, Queryable } from '../../../platform/db.ts';

/** Signals older than that are not looked for: heartbeats find what a transaction that slow left. */
const LOOKED_BACK_SECONDS = 10;

/**
 * Players whose messages changed and that were not told of before.
 * @param seen signals told of before; those too old to be found again are dropped from it.
 */
export async function findSignalled(db: Queryable, seen: Map<string, number>): Promise<Set<string>> {
  const { rows } = await db.query<{ signalId: string; playerIds: string[] }>({
    name: 'signals.recent',
    text: `select signal_id as "signalId", player_ids as "playerIds" from message_signals
      where at > now() - interval '${LOOKED_BACK_SECONDS} seconds' and not signal_id = any($1::uuid[])`,
    values: [[...seen.keys()]],
  });
  const now = performance.now();
  for (const [signalId, at] of seen) if (at < now - 2 * LOOKED_BACK_SECONDS * 1000) seen.delete(signalId);
  const players = new Set<string>();
  for (const { signalId, playerIds } of rows) {
    seen.set(signalId, now);
    for (const playerId of playerIds) players.add(playerId);
  }
  return players;
}

/** Deletes signals nobody looks for any more. @returns whether there may be more. */
export async function deleteOldSignals(db: Database, atMost: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from message_signals where signal_id in (
       select signal_id from message_signals where at < now() - interval '1 minute' order by at limit $1)`,
    [atMost],
  );
  return rowCount === atMost;
}
