import { uuids } from '../../platform/arrays.ts';
import type { Database } from '../../platform/db.ts';
import { forgetDraws } from '../labels/index.ts';

/** What a step takes: short transactions, that nobody waits for. */
const AT_ONCE = 250;

/** A message that nothing can happen to any more; see the index `messages_over`. */
const OVER = `state <> 'prepared' and not (channel in ('popup', 'inbox') and state in ('sent', 'shown'))`;

/**
 * Deletes messages whose time was over so many days ago, with what was drawn for them. Codes stay whose they are.
 * @returns whether there may be more.
 */
export function deleteOldMessages(db: Database, days: number): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<{ playerId: string; messageId: string }>(
      `select player_id as "playerId", message_id as "messageId" from messages
       where ${OVER} and expires_at < now() - $1 * interval '1 day'
       order by expires_at limit ${AT_ONCE} for update skip locked`,
      [days],
    );
    if (rows.length === 0) return false;
    // Both by their keys, given as values: as a sub-select they would be joined to the whole table.
    await tx.query(
      `delete from messages where (player_id, message_id) in (select * from unnest($1::uuid[], $2::uuid[]))
         and player_id = any($1::uuid[])`,
      [uuids(rows.map(({ playerId }) => playerId)), uuids(rows.map(({ messageId }) => messageId))],
    );
    await forgetDraws(tx, rows);
    return rows.length === AT_ONCE;
  });
}

/** Deletes counters of periods that were over long ago: none is longer than a month. @returns whether there may be more. */
export async function deleteOldCounters(db: Database): Promise<boolean> {
  const { rowCount } = await db.query(
    `delete from message_counters where (player_id, channel, period, starts_on) in (
       select player_id, channel, period, starts_on from message_counters
       where starts_on < current_date - 62 order by starts_on limit ${AT_ONCE} for update skip locked)`,
  );
  return rowCount === AT_ONCE;
}
