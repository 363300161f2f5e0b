import type { LineKind } from '@promosmith/core/funds';
import type { Posting } from '@promosmith/core/ledger';
import { instants, int8s, rowsOf, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';

export interface NewPosting extends Omit<Posting, 'kind'> {
  readonly kind: Posting['kind'] | LineKind;
  readonly playerId: string;
  readonly brandId: string;
  /** The bonus it is about, if it is about one. */
  readonly grantId: string | null;
  /** What caused it: an activation, a deposit, a reversal. Its postings belong together. */
  readonly transactionId: string;
  /** ISO 8601 UTC */
  readonly createdAt: string;
}

const POSTING_ROWS = rowsOf({
  player_id: 'uuid',
  posting_id: 'uuid',
  transaction_id: 'uuid',
  brand_id: 'uuid',
  grant_id: 'uuid',
  kind: 'text',
  debit: 'text',
  credit: 'text',
  amount: 'int8',
  currency: 'text',
  created_at: 'timestamptz',
});

/** Books postings, in the transaction of what they pay for. */
export async function insertPostings(connection: Queryable, postings: readonly NewPosting[]): Promise<void> {
  if (postings.length === 0) return;
  const column = <T>(of: (posting: NewPosting) => T): T[] => postings.map(of);
  await connection.query({
    name: 'postings.insert',
    text: `insert into postings (player_id, posting_id, transaction_id, brand_id, grant_id, kind, debit, credit, amount, currency, created_at)
      ${POSTING_ROWS}`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(newId)),
      uuids(column(({ transactionId }) => transactionId)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ grantId }) => grantId)),
      texts(column(({ kind }) => kind)),
      texts(column(({ debit }) => debit)),
      texts(column(({ credit }) => credit)),
      int8s(column(({ amount }) => amount)),
      texts(column(({ currency }) => currency)),
      instants(column(({ createdAt }) => Date.parse(createdAt))),
    ],
  });
}
