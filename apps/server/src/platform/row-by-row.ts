import type { Queryable } from './db.ts';

/**
 * For the rest of a transaction that looks up hundreds of rows by their keys at once, in tables of any size. While a table is
 * small, or its statistics are older than most of its rows, PostgreSQL thinks it cheaper to read it whole each time, or
 * all of an index that has every column: what is done for many then takes the square of their number.
 */
export const rowByRow = (tx: Queryable): Promise<unknown> =>
  tx.query(
    'set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_indexonlyscan = off',
  );
