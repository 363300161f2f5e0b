import { Readable } from 'node:stream';
import {
  type Draw,
  type DrawProof,
  type DrawWinner,
  Id,
  type listDraws,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { DRAW_METHOD, entriesText } from '@promosmith/core/draw';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { entryPages } from './entries.ts';
import { drawNotFound, drawNotHeld } from './refusals.ts';
import { COLUMNS, type DrawRecord, findDraw, viewOf } from './store.ts';

const Cursor = z.tuple([Id]);

export async function listDrawsOf(
  db: Queryable,
  brandId: string,
  { cursor, limit, key, status }: RouteInput<typeof listDraws>['query'],
): Promise<Result<{ items: Draw[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, Cursor);
  if (!after.ok) return after;
  const { rows } = await db.query<DrawRecord>(
    `select ${COLUMNS} from draws
     where brand_id = $1 and ($2::text is null or key = $2) and ($3::text is null or status = $3)
       and ($4::uuid is null or draw_id < $4)
     order by draw_id desc limit $5`,
    [brandId, key ?? null, status ?? null, after.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ id }) => [id], viewOf));
}

/** As anybody may see it. */
export async function viewDraw(
  db: Queryable,
  brandId: string,
  drawId: string,
): Promise<Result<Omit<Draw, 'createdBy'>>> {
  const draw = await findDraw(db, brandId, drawId);
  if (!draw) return drawNotFound;
  const { createdBy: _, ...view } = viewOf(draw);
  return ok(view);
}

export async function viewWinners(
  db: Queryable,
  brandId: string,
  drawId: string,
): Promise<Result<{ items: DrawWinner[] }>> {
  if (!(await findDraw(db, brandId, drawId))) return drawNotFound;
  const { rows } = await db.query<DrawWinner>(
    `select w.place, w.prize, w.grant_id as entry, p.external_id as player, g.status as "entryStatus"
     from draw_winners w
       join players p on p.player_id = w.player_id
       join grants g on g.player_id = w.player_id and g.grant_id = w.grant_id
     where w.draw_id = $1 order by w.place`,
    [drawId],
  );
  return ok({ items: rows });
}

export async function viewProof(db: Queryable, brandId: string, drawId: string): Promise<Result<DrawProof>> {
  const draw = await findDraw(db, brandId, drawId);
  if (!draw) return drawNotFound;
  const { seed, entriesDigest, entryCount, commitment, prizes } = draw;
  if (seed === null || entriesDigest === null || entryCount === null) return drawNotHeld;
  const { rows } = await db.query<{ grant_id: string }>(
    'select grant_id from draw_winners where draw_id = $1 order by place',
    [drawId],
  );
  return ok({
    method: DRAW_METHOD,
    drawId,
    commitment,
    seed,
    entriesDigest,
    entryCount,
    prizes: prizes.reduce((sum, { winners }) => sum + winners, 0),
    winners: rows.map(({ grant_id }) => grant_id),
  });
}

/** The very bytes that the digest of the entries covers. */
export async function streamEntries(
  db: Queryable,
  brandId: string,
  drawId: string,
): Promise<Result<Readable>> {
  const draw = await findDraw(db, brandId, drawId);
  if (!draw) return drawNotFound;
  return draw.status === 'drawn' ? ok(Readable.from(lines(db, drawId), { objectMode: false })) : drawNotHeld;
}

async function* lines(db: Queryable, drawId: string): AsyncGenerator<string> {
  for await (const page of entryPages(db, drawId)) yield entriesText(page.map(({ grantId }) => grantId));
}
