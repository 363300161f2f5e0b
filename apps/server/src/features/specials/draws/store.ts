import type { Actor, Draw } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

export interface DrawRecord extends Omit<Draw, 'closesAt' | 'createdAt' | 'closedAt' | 'drawnAt'> {
  readonly brandId: string;
  readonly closesAt: Date;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly drawnAt: Date | null;
  /** Encrypted. */
  readonly sealedSeed: Buffer;
  /** Hexadecimal; null until drawn, as is the digest. */
  readonly seed: string | null;
  readonly entriesDigest: string | null;
}

/** The columns of a `DrawRecord`. */
export const COLUMNS = `draw_id as id, brand_id as "brandId", key, name, status, closes_at as "closesAt", prizes,
  commitment, entry_count as "entryCount", created_by as "createdBy", created_at as "createdAt",
  closed_at as "closedAt", drawn_at as "drawnAt", seed as "sealedSeed", revealed_seed as seed,
  entries_digest as "entriesDigest"`;

export const viewOf = (draw: DrawRecord): Draw => ({
  id: draw.id,
  key: draw.key,
  name: draw.name,
  status: draw.status,
  closesAt: draw.closesAt.toISOString(),
  prizes: draw.prizes,
  commitment: draw.commitment,
  entryCount: draw.entryCount,
  createdBy: draw.createdBy,
  createdAt: draw.createdAt.toISOString(),
  closedAt: draw.closedAt?.toISOString() ?? null,
  drawnAt: draw.drawnAt?.toISOString() ?? null,
});

/** @returns undefined when one of the key is open already. */
export async function insertDraw(
  tx: Queryable,
  draw: Pick<Draw, 'id' | 'key' | 'name' | 'prizes' | 'closesAt' | 'commitment'> & {
    brandId: string;
    sealedSeed: Buffer;
    createdBy: Actor;
  },
): Promise<DrawRecord | undefined> {
  const { rows } = await tx.query<DrawRecord>(
    `insert into draws (draw_id, brand_id, key, name, closes_at, prizes, commitment, seed, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (brand_id, key) where status = 'open' do nothing
     returning ${COLUMNS}`,
    [
      draw.id,
      draw.brandId,
      draw.key,
      draw.name,
      draw.closesAt,
      JSON.stringify(draw.prizes),
      draw.commitment,
      draw.sealedSeed,
      JSON.stringify(draw.createdBy),
    ],
  );
  return rows[0];
}

export async function findDraw(
  db: Queryable,
  brandId: string,
  drawId: string,
): Promise<DrawRecord | undefined> {
  const { rows } = await db.query<DrawRecord>(
    `select ${COLUMNS} from draws where draw_id = $1 and brand_id = $2`,
    [drawId, brandId],
  );
  return rows[0];
}

/** Waits for entries on their way in. */
export async function lockDraw(tx: Queryable, drawId: string): Promise<DrawRecord | undefined> {
  const { rows } = await tx.query<DrawRecord>(`select ${COLUMNS} from draws where draw_id = $1 for update`, [
    drawId,
  ]);
  return rows[0];
}

/** The caller holds its row. @returns when. */
export async function markClosed(tx: Queryable, drawId: string): Promise<Date> {
  const { rows } = await tx.query<{ at: Date }>(
    `update draws set status = 'closed', closed_at = now() where draw_id = $1 returning closed_at as at`,
    [drawId],
  );
  if (!rows[0]) throw new Error(`draw ${drawId} vanished under its lock`);
  return rows[0].at;
}

export interface Winner {
  readonly place: number;
  readonly prize: string;
  readonly grantId: string;
  readonly playerId: string;
}

/** Guarded: a draw is held once. @returns when, undefined when it was held by somebody else. */
export async function markDrawn(
  tx: Queryable,
  drawId: string,
  result: { seed: string; entriesDigest: string; entryCount: number },
): Promise<Date | undefined> {
  const { rows } = await tx.query<{ at: Date }>(
    `update draws set status = 'drawn', revealed_seed = $2, entries_digest = $3, entry_count = $4, drawn_at = now()
     where draw_id = $1 and status = 'closed' returning drawn_at as at`,
    [drawId, result.seed, result.entriesDigest, result.entryCount],
  );
  return rows[0]?.at;
}

export async function insertWinners(
  tx: Queryable,
  drawId: string,
  winners: readonly Winner[],
): Promise<void> {
  await tx.query(
    `insert into draw_winners (draw_id, place, prize, grant_id, player_id)
     select $1, * from unnest($2::int[], $3::text[], $4::uuid[], $5::uuid[])`,
    [
      drawId,
      winners.map(({ place }) => place),
      winners.map(({ prize }) => prize),
      winners.map(({ grantId }) => grantId),
      winners.map(({ playerId }) => playerId),
    ],
  );
}

/** What names a draw to those who close and hold it. */
export interface DrawKey {
  readonly brandId: string;
  readonly drawId: string;
}

const KEY = 'brand_id as "brandId", draw_id as "drawId"';

/** Open draws whose time has come. @param of only this brand's of this key. @param aside ids left out. */
export async function findOverdue(
  db: Queryable,
  { aside = [], of }: { aside?: readonly string[]; of?: { brandId: string; key: string } },
): Promise<DrawKey[]> {
  const { rows } = await db.query<DrawKey>(
    `select ${KEY} from draws where status = 'open' and closes_at <= now()
       and ($1::uuid is null or (brand_id = $1 and key = $2)) and draw_id <> all($3::uuid[]) order by draw_id`,
    [of?.brandId ?? null, of?.key ?? null, aside],
  );
  return rows;
}

/** Draws that are closed and not held. @param aside ids left out. */
export async function findClosed(db: Queryable, aside: readonly string[]): Promise<DrawKey[]> {
  const { rows } = await db.query<DrawKey>(
    `select ${KEY} from draws where status = 'closed' and completed_at is null and draw_id <> all($1::uuid[])
     order by draw_id`,
    [aside],
  );
  return rows;
}

/** Says of draws that were held that the last of their entries was completed. */
export async function markCompleted(db: Queryable): Promise<void> {
  await db.query(
    `update draws d set completed_at = now() where status = 'drawn' and completed_at is null
       and not exists (select from draw_entries e where e.draw_id = d.draw_id and not e.completed)`,
  );
}
