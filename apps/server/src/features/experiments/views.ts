import { type Experiment, Id, type listExperiments, type RouteInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { COLUMNS, experimentOf, type Row, STATUS } from './store.ts';

const Cursor = z.tuple([Id]);

/** Experiments of a brand, newest first. */
export async function listOf(
  db: Queryable,
  brandId: string,
  { cursor, limit, status }: RouteInput<typeof listExperiments>['query'],
): Promise<Result<{ items: Experiment[]; nextCursor: string | null }>> {
  const seen = decodeCursor(cursor, Cursor);
  if (!seen.ok) return seen;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from experiments
     where brand_id = $1 and ($2::uuid is null or experiment_id < $2) and ($3::text is null or ${STATUS} = $3)
     order by experiment_id desc limit $4`,
    [brandId, seen.value?.[0] ?? null, status ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ id }) => [id], experimentOf));
}
