import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { type EndedGrant, endGrants } from '../../bonuses/index.ts';

export async function findOpenDraw(db: Queryable, brandId: string, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ draw_id: string }>(
    `select draw_id from draws where brand_id = $1 and key = $2 and status = 'open' and closes_at > now()`,
    [brandId, key],
  );
  return rows[0]?.draw_id;
}

/**
 * Enters a bonus, whose row the caller holds, in the draw of a key that is open. The draw is held against closing until
 * the end of the transaction: an entry is in before the draw closes, or not at all.
 * @returns the draw, undefined when none is open.
 */
export async function enterOpenDraw(
  tx: Queryable,
  entry: { brandId: string; key: string; playerId: string; grantId: string },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ draw_id: string }>(
    `select draw_id from draws where brand_id = $1 and key = $2 and status = 'open' and closes_at > now() for share`,
    [entry.brandId, entry.key],
  );
  const drawId = rows[0]?.draw_id;
  if (drawId === undefined) return undefined;
  await tx.query(
    'insert into draw_entries (player_id, grant_id, draw_id) values ($1, $2, $3) on conflict do nothing',
    [entry.playerId, entry.grantId, drawId],
  );
  return drawId;
}

/** An entry whose player is out. */
export interface CancelledEntry extends EndedGrant {
  /** The platform's id. */
  readonly player: string;
}

/** Nobody who has excluded themselves may win: cancels their entries. The caller holds the draw. */
export async function cancelEntriesOfExcluded(tx: Queryable, drawId: string): Promise<CancelledEntry[]> {
  const { rows } = await tx.query<Entry & { player: string }>(
    `select e.player_id as "playerId", e.grant_id as "grantId", p.external_id as player
     from draw_entries e join players p on p.player_id = e.player_id and p.self_excluded_until > now()
     where e.draw_id = $1`,
    [drawId],
  );
  const ended = await endGrants(tx, rows, { as: 'cancelled', reason: 'self_excluded', from: ['active'] });
  const players = new Map(rows.map(({ grantId, player }) => [grantId, player]));
  return ended.map((grant) => ({ ...grant, player: players.get(grant.grantId) ?? '' }));
}

/** Leaves out entries whose bonus was taken back. The caller holds the draw, so none are added meanwhile. */
export async function dropCancelledEntries(tx: Queryable, drawId: string): Promise<void> {
  await tx.query(
    `delete from draw_entries e using grants g
     where e.draw_id = $1 and g.player_id = e.player_id and g.grant_id = e.grant_id and g.status <> 'active'`,
    [drawId],
  );
}

export interface Entry {
  readonly grantId: string;
  readonly playerId: string;
}

const PAGE = 10_000;

/** The frozen entries of a draw, ascending by id, some at a time. */
export async function* entryPages(db: Queryable, drawId: string): AsyncGenerator<Entry[]> {
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: Entry[] } = await db.query<Entry>(
      `select grant_id as "grantId", player_id as "playerId" from draw_entries
       where draw_id = $1 and ($2::uuid is null or grant_id > $2) order by grant_id limit ${PAGE}`,
      [drawId, after],
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.grantId;
  }
}

const AT_ONCE = 2_000;

/** An entry of a draw that was held, whose bonus is still to be completed. */
export interface OpenEntry extends Entry {
  readonly drawId: string;
}

/** Some of them, of one draw, ascending by id. @param aside ids of bonuses left out. */
export async function findOpenEntries(db: Queryable, aside: readonly string[]): Promise<OpenEntry[]> {
  const { rows } = await db.query<OpenEntry>(
    `select draw.draw_id as "drawId", e.grant_id as "grantId", e.player_id as "playerId"
     from (select draw_id from draws where status = 'drawn' and completed_at is null order by draw_id) draw
     cross join lateral (
       select grant_id, player_id from draw_entries
       where draw_id = draw.draw_id and not completed and grant_id <> all($1::uuid[])
       order by grant_id limit ${AT_ONCE}) e
     limit ${AT_ONCE}`,
    [aside],
  );
  return rows.filter(({ drawId }) => drawId === rows[0]?.drawId);
}

/**
 * Completes bonuses that were entries of a draw that was held.
 * @param entries of one draw, ascending by id: they stand side by side in its index, which is faster than to look for each.
 * @returns how many entries it saw to.
 */
export async function completeEntries(tx: Queryable, entries: readonly OpenEntry[]): Promise<number> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return 0;
  await endGrants(tx, entries, { as: 'completed', from: ['active'] });
  const { rowCount } = await tx.query(
    `update draw_entries set completed = true
     where draw_id = $1 and not completed and grant_id between $2 and $3 and grant_id = any($4::uuid[])`,
    [first.drawId, first.grantId, last.grantId, uuids(entries.map(({ grantId }) => grantId))],
  );
  return rowCount ?? 0;
}
