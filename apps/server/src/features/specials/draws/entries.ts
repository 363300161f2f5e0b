import type { Queryable } from '../../../platform/db.ts';

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

/** An entry whose player is out, as an event tells of it. */
export interface CancelledEntry {
  readonly grantId: string;
  readonly campaignId: string;
  readonly activationId: string | null;
  readonly currency: string;
  readonly player: string;
}

/** Nobody who has excluded themselves may win: cancels their entries. The caller holds the draw. */
export async function cancelEntriesOfExcluded(tx: Queryable, drawId: string): Promise<CancelledEntry[]> {
  const { rows } = await tx.query<CancelledEntry>(
    `update grants g set status = 'cancelled', ended_reason = 'self_excluded', changed_at = now()
     from draw_entries e join players p on p.player_id = e.player_id and p.self_excluded_until > now()
     where e.draw_id = $1 and g.player_id = e.player_id and g.grant_id = e.grant_id and g.status = 'active'
     returning g.grant_id as "grantId", g.campaign_id as "campaignId", g.activation_id as "activationId", g.currency,
       p.external_id as player`,
    [drawId],
  );
  return rows;
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

const AT_ONCE = 500;

/**
 * Completes bonuses that were entries of a draw that was held, some at a time.
 * @returns how many entries it saw to.
 */
export async function completeEntries(tx: Queryable, drawId: string): Promise<number> {
  const { rows } = await tx.query<Entry>(
    `select g.player_id as "playerId", g.grant_id as "grantId"
     from draw_entries e join grants g on g.player_id = e.player_id and g.grant_id = e.grant_id
     where e.draw_id = $1 and not e.completed
     order by g.grant_id limit ${AT_ONCE} for update of g skip locked`,
    [drawId],
  );
  if (rows.length === 0) return 0;
  const keys = [rows.map(({ playerId }) => playerId), rows.map(({ grantId }) => grantId)];
  await tx.query(
    `update grants set status = 'completed', changed_at = now()
     where player_id = any($1::uuid[]) and grant_id = any($2::uuid[]) and status = 'active'`,
    keys,
  );
  await tx.query(
    `update draw_entries set completed = true where player_id = any($1::uuid[]) and grant_id = any($2::uuid[])`,
    keys,
  );
  return rows.length;
}
