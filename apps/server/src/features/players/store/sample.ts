import type { Queryable } from '../../../platform/db.ts';

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** Of an id's 122 random bits those that a number holds exactly. */
const HEAD_DIGITS = 12;
const HEADS = 16 ** HEAD_DIGITS;

/** The ids of all players of a brand; undefined when there are more than `most`. */
export async function allPlayerIds(
  db: Queryable,
  brandId: string,
  most: number,
): Promise<string[] | undefined> {
  const { rows } = await db.query<{ playerId: string }>(
    'select player_id as "playerId" from players where brand_id = $1 limit $2',
    [brandId, most + 1],
  );
  return rows.length > most ? undefined : rows.map(({ playerId }) => playerId);
}

/**
 * The next part of a uniform sample of a brand's players. A player's id is a hash of brand and external id (UUIDv5), so
 * that those below any id are a sample of all, whose share of them is where that id lies among all ids there can be.
 * @param after the last id of the part before.
 * @param read how many players, of any brand, are looked through.
 * @returns the share that all parts until here are of all players; 1 when there are no more.
 */
export async function samplePlayerIds(
  db: Queryable,
  brandId: string,
  after: string | undefined,
  read: number,
): Promise<{ playerIds: string[]; last: string | undefined; share: number }> {
  const { rows } = await db.query<{ playerId: string; own: boolean }>(
    `select player_id as "playerId", brand_id = $1 as own from players
     where player_id > $2 order by player_id limit $3`,
    [brandId, after ?? NO_ID, read],
  );
  const last = rows.at(-1)?.playerId ?? after;
  return {
    playerIds: rows.flatMap(({ playerId, own }) => (own ? [playerId] : [])),
    last,
    share: rows.length < read || last === undefined ? 1 : placeOf(last),
  };
}

const placeOf = (id: string): number =>
  (Number.parseInt(id.replaceAll('-', '').slice(0, HEAD_DIGITS), 16) + 1) / HEADS;
