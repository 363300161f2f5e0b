import type { Platform } from '../../platform/platform.ts';
import type { Events } from '../events/index.ts';
import { mountAdjustments } from './adjustments.ts';
import { rollbackConsumer, withdrawalConsumer } from './consumers.ts';
import { expireDue } from './expiry.ts';
import { betKeeper } from './keeper.ts';

export type { BetPlace, ChangeResult, FundsAfter, FundsChange, GrantAfter, MoneyChange } from './change.ts';
/**
 * The one door for every change of players' money: locks the wallets in key order, folds the changes in, and writes
 * wallets, bonuses and the books, guarded. With changes: any number of players; those of one player are applied in the
 * order given. Gives a result for each, in the same order. A refused one undoes nothing of the others.
 */
export { changeFunds } from './changes.ts';
/**
 * The same for what events of the platform tell: those whose change is refused are rejected. Gives what was made of each,
 * in the same order; undefined of rejected ones. `changeOf` is such an event as a change.
 */
export { changeByEvents, changeOf, publishedBy } from './consumers.ts';
/** Of deposits whether they were reversed before they were told, and of reversals whether their deposits were told. */
export { counterpartTold } from './deposit-pairs.ts';
export type { WalletKey } from './folding/wallet.ts';
/** What players have now, without a lock, in the order of the wallets given: for previews and balances. */
export { type FundsNow, loadFunds } from './loading.ts';

export { currenciesPlayed } from './rollbacks.ts';
export { holdWallets } from './store/wallets.ts';

const EXPIRE = 'expire bonuses';
const EXPIRE_EVERY_MS = 1_000;

/** Players' money, real and bonus: bets, deposits and withdrawals in, balances, turnover and the books out. */
export function createFunds({ db, http, setAside, ticker }: Platform, events: Events): void {
  events.keep(betKeeper(db));
  events.consume(withdrawalConsumer);
  events.consume(rollbackConsumer);
  const aside = setAside(EXPIRE);
  ticker.every(EXPIRE, EXPIRE_EVERY_MS, () => expireDue(db, aside));
  mountAdjustments(http, db);
}
