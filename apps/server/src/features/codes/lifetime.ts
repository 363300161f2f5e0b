import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';

/** When a code works: half-open, ISO 8601, null for no bound. */
export interface Lifetime {
  startsAt: string | null;
  endsAt: string | null;
}

/** Refuses a lifetime that is over before it begins, or by the database's clock already. */
export async function checkLifetime(db: Queryable, { startsAt, endsAt }: Lifetime): Promise<Result<unknown>> {
  if (endsAt === null) return ok(undefined);
  const { rows } = await db.query<{ over: boolean; empty: boolean }>(
    'select $2::timestamptz <= now() as over, coalesce($2::timestamptz <= $1::timestamptz, false) as empty',
    [startsAt, endsAt],
  );
  const reason = rows[0]?.empty
    ? `is not after the start, ${startsAt}`
    : rows[0]?.over
      ? 'has passed'
      : undefined;
  return reason === undefined
    ? ok(undefined)
    : refuse('invalid_request', `endsAt: ${reason}`, [{ field: 'endsAt', reason }]);
}
