import type { LineKind } from '@promosmith/core/funds';
import type { Posting } from '@promosmith/core/ledger';
import { instants, int4s, int8s, shareOut, sharingRowsOf, texts, uuids } from '../../platform/arrays.ts';
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

const POSTING_ROWS = sharingRowsOf(
  {
    player_id: 'uuid',
    posting_id: 'uuid',
    transaction_id: 'uuid',
    grant_id: 'uuid',
    debit: 'text',
    credit: 'text',
    amount: 'int8',
  },
  { brand_id: 'uuid', kind: 'text', currency: 'text', created_at: 'timestamptz' },
);

const areOfOneKind = (a: NewPosting, b: NewPosting): boolean =>
  a.kind === b.kind && a.currency === b.currency && a.createdAt === b.createdAt && a.brandId === b.brandId;

/** Books postings, in the transaction of what they pay for. */
export async function insertPostings(connection: Queryable, postings: readonly NewPosting[]): Promise<void> {
  if (postings.length === 0) return;
  const { sets, places } = shareOut(postings, areOfOneKind);
  const own = <T>(of: (posting: NewPosting) => T): T[] => postings.map(of);
  const shared = <T>(of: (posting: NewPosting) => T): T[] => sets.map(of);
  await connection.query({
    name: 'postings.insert',
    text: `insert into postings (player_id, posting_id, transaction_id, grant_id, debit, credit, amount, brand_id, kind, currency, created_at)
      ${POSTING_ROWS}`,
    values: [
      uuids(own(({ playerId }) => playerId)),
      uuids(own(newId)),
      uuids(own(({ transactionId }) => transactionId)),
      uuids(own(({ grantId }) => grantId)),
      texts(own(({ debit }) => debit)),
      texts(own(({ credit }) => credit)),
      int8s(own(({ amount }) => amount)),
      int4s(places),
      uuids(shared(({ brandId }) => brandId)),
      texts(shared(({ kind }) => kind)),
      texts(shared(({ currency }) => currency)),
      instants(shared(({ createdAt }) => Date.parse(createdAt))),
    ],
  });
}
