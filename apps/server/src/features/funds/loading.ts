import type { Queryable } from '../../platform/db.ts';
import { afterOf } from './after.ts';
import type { FundsAfter } from './change.ts';
import { fundsAt } from './folding/fold-on.ts';
import { nameOf, type WalletKey } from './folding/wallet.ts';
import { emptyWallet, toWallet } from './open.ts';
import { loadActive } from './store/grants.ts';
import { databaseNow, readWallets } from './store/wallets.ts';

export type FundsNow = Pick<FundsAfter, 'real' | 'bonus' | 'grants'>;

/** See the room's index. */
export async function loadFunds(db: Queryable, keys: readonly WalletKey[]): Promise<FundsNow[]> {
  const [rows, grants, now] = await Promise.all([
    readWallets(db, keys),
    loadActive(db, [...new Set(keys.map(({ playerId }) => playerId))]),
    databaseNow(db),
  ]);
  const own = Map.groupBy(grants, nameOf);
  const wallets = new Map(rows.map((row) => toWallet(row, own)));
  return keys.map((key) => {
    const wallet = wallets.get(nameOf(key)) ?? emptyWallet(key, own);
    return afterOf(fundsAt(wallet, Math.max(now, wallet.last?.at ?? now)));
  });
}
