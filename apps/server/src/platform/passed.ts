import { refuse } from '@promosmith/core';
import type { Queryable } from './db.ts';

/** Whether an instant is over, by the database's clock. @param instant ISO 8601 */
export async function hasPassed(db: Queryable, instant: string): Promise<boolean> {
  const { rows } = await db.query<{ passed: boolean }>('select $1::timestamptz <= now() as passed', [
    instant,
  ]);
  return rows[0]?.passed === true;
}

export const refusePassed = (field: string) =>
  refuse('invalid_request', `${field}: has passed`, [
    { field, reason: 'has passed', fix: 'an instant that is still to come' },
  ]);
