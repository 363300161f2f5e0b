import { Id, type listTournaments, type RouteInput, type Tournament } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { COLUMNS, findTournament, tournamentOf } from './store.ts';

const Cursor = z.tuple([Id]);

export const tournamentNotFound = refuse('not_found', 'There is no such tournament.');

export async function viewTournament(
  db: Queryable,
  brandId: string,
  tournamentId: string,
): Promise<Result<Tournament>> {
  const found = await findTournament(db, brandId, tournamentId);
  return found ? ok(found) : tournamentNotFound;
}

export async function listTournamentsOf(
  db: Queryable,
  brandId: string,
  { cursor, limit, key, status }: RouteInput<typeof listTournaments>['query'],
): Promise<Result<{ items: Tournament[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, Cursor);
  if (!after.ok) return after;
  const { rows } = await db.query<Parameters<typeof tournamentOf>[0]>(
    `select ${COLUMNS} from tournaments
     where brand_id = $1 and ($2::text is null or key = $2) and ($3::text is null or status = $3)
       and ($4::uuid is null or tournament_id < $4)
     order by tournament_id desc limit $5`,
    [brandId, key ?? null, status ?? null, after.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ id }) => [id], tournamentOf));
}
