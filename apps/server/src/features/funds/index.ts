import type { Queryable } from '../../platform/db.ts';
import type { ChangeResult, FundsAfter, FundsChange } from './change.ts';

export type { BetPlace, ChangeResult, FundsAfter, FundsChange, GrantAfter, MoneyChange } from './change.ts';

/**
 * The one door for every change of players' money: locks the wallets in key order, folds the changes in, and writes
 * wallets, bonuses and the books, guarded.
 * @param changes any number of players; those of one wallet are applied in the order given.
 * @returns a result for each, in the same order. A refused one undoes nothing of the others.
 */
export async function changeFunds(
  _tx: Queryable,
  _changes: readonly FundsChange[],
): Promise<ChangeResult[]> {
  throw new Error('no money moves yet');
}

/** Names a wallet. */
export interface WalletKey {
  readonly playerId: string;
  readonly currency: string;
}

export type FundsNow = Pick<FundsAfter, 'real' | 'bonus' | 'grants'>;

/** What players have now, without a lock, in the order given: for previews and balances. */
export async function loadFunds(_db: Queryable, _wallets: readonly WalletKey[]): Promise<FundsNow[]> {
  throw new Error('no money is known yet');
}
