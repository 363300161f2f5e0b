import { hash } from 'node:crypto';
import type { WalletTransaction, WalletWithdrawal } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/** A transaction of the wallet as it is kept. */
export interface StoredTransaction {
  /** Of what was asked for. */
  readonly digest: Buffer;
  readonly answer: WalletTransaction;
}

/** What tells a repetition from another transaction under the same id. */
export const digestOf = (kind: WalletTransaction['kind'], body: object): Buffer =>
  hash('sha256', JSON.stringify([kind, Object.entries(body).sort(byName)]), 'buffer');

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

export async function findTransaction(
  db: Queryable,
  playerId: string,
  transactionId: string,
): Promise<StoredTransaction | undefined> {
  const { rows } = await db.query<StoredTransaction>({
    name: 'wallet.find',
    text: 'select digest, answer from wallet_transactions where player_id = $1 and transaction_id = $2',
    values: [playerId, transactionId],
  });
  return rows[0];
}

/** @returns whether it was new: a transaction is kept once. */
export async function keepTransaction(
  tx: Queryable,
  { playerId, brandId, digest }: { playerId: string; brandId: string; digest: Buffer },
  answer: WalletTransaction,
): Promise<boolean> {
  const { transactionId, kind, currency, amount } = answer;
  const { rowCount } = await tx.query({
    name: 'wallet.keep',
    text: `insert into wallet_transactions (player_id, transaction_id, brand_id, kind, currency, amount, digest, answer)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    values: [playerId, transactionId, brandId, kind, currency, amount, digest, JSON.stringify(answer)],
  });
  return rowCount === 1;
}

/** A withdrawal that was asked for. */
export interface StoredWithdrawal {
  readonly currency: string;
  readonly amount: number;
  readonly state: WalletWithdrawal['state'] | null;
}

/**
 * Closes a withdrawal that is open.
 * @returns the withdrawal as it is then, with the state another closed it in if it was closed before.
 */
export async function closeWithdrawal(
  tx: Queryable,
  playerId: string,
  transactionId: string,
  as: WalletWithdrawal['state'],
): Promise<(StoredWithdrawal & { readonly isClosedNow: boolean }) | undefined> {
  const closed = await tx.query<StoredWithdrawal>(
    `update wallet_transactions set closed_as = $3
     where player_id = $1 and transaction_id = $2 and kind = 'withdrawal' and closed_as is null
     returning currency, amount, closed_as as state`,
    [playerId, transactionId, as],
  );
  if (closed.rows[0]) return { ...closed.rows[0], isClosedNow: true };
  const found = await tx.query<StoredWithdrawal>(
    `select currency, amount, closed_as as state from wallet_transactions
     where player_id = $1 and transaction_id = $2 and kind = 'withdrawal'`,
    [playerId, transactionId],
  );
  return found.rows[0] && { ...found.rows[0], isClosedNow: false };
}
