import type { listTakenBack, RouteInput, RouteOutput } from '@promosmith/contract';
import { Id } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';

type Page = RouteOutput<typeof listTakenBack>;

const Cursor = z.tuple([Id]);

/** What a job took back, in the order of the activations. */
export async function listItems(
  db: Queryable,
  brandId: string,
  jobId: string,
  { cursor, limit, result }: RouteInput<typeof listTakenBack>['query'],
): Promise<Result<Page>> {
  const after = decodeCursor(cursor, Cursor);
  if (!after.ok) return after;
  const job = await db.query(
    `select from jobs where job_id = $1 and brand_id = $2 and kind = 'bonuses.take_back'`,
    [jobId, brandId],
  );
  if (job.rowCount === 0) return refuse('not_found', 'There is no such job.');
  const { rows } = await db.query<Page['items'][number]>(
    `select activation_id as "activationId", player_external_id as player, result, taken, paid from take_backs
     where job_id = $1 and ($2::uuid is null or activation_id > $2) and ($3::text is null or result = $3)
     order by activation_id limit $4`,
    [jobId, after.value?.[0] ?? null, result ?? null, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      ({ activationId }) => [activationId],
      (row) => row,
    ),
  );
}
