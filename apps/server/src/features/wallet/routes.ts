import {
  cancelWalletWithdrawal,
  getWalletBalance,
  makeWalletDeposit,
  payWalletWin,
  payWalletWithdrawal,
  placeWalletBet,
  requestWalletWithdrawal,
  rollBackWalletPlay,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import type { Events } from '../events/index.ts';
import { balanceOf } from './balance.ts';
import { deposits } from './deposits.ts';
import { type Answered, checkCurrency, transactions } from './transactions.ts';
import { withdrawals } from './withdrawals.ts';

const answer = (result: Result<Answered>) =>
  result.ok
    ? reply(
        200,
        result.value.transaction,
        result.value.replayed ? { 'idempotent-replayed': 'true' } : undefined,
      )
    : result;

const found = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);

export function mountWallet(http: HttpServer, db: Database, brands: Brands, events: Events): void {
  const make = transactions(db, brands);
  const deposit = deposits(db, events);
  const close = withdrawals(db);

  http.mount(placeWalletBet, async ({ body }, context) => {
    const { transactionId: reference, amount } = body;
    const change = { kind: 'stake' as const, ...body };
    return answer(await make({ kind: 'bet', body, amount, reference, change }, context));
  });

  http.mount(payWalletWin, async ({ body }, context) => {
    const { transactionId: reference, amount } = body;
    const change = { kind: 'win' as const, ...body };
    return answer(await make({ kind: 'win', body, amount, reference, change }, context));
  });

  http.mount(rollBackWalletPlay, async ({ body }, context) => {
    const isRound = 'roundId' in body;
    const change = { kind: isRound ? ('rollback' as const) : ('bet_rollback' as const) };
    const reference = isRound ? body.roundId : body.rolledBackId;
    return answer(await make({ kind: 'rollback', body, amount: 0, reference, change }, context));
  });

  http.mount(makeWalletDeposit, async ({ body }, context) => answer(await deposit(body, context)));

  http.mount(requestWalletWithdrawal, async ({ body }, context) => {
    const { transactionId: reference, amount } = body;
    const change = { kind: 'withdrawal_requested' as const, amount };
    return answer(await make({ kind: 'withdrawal', body, amount, reference, change }, context));
  });

  http.mount(payWalletWithdrawal, async ({ params, body }, context) =>
    found(await close('paid', params.withdrawalId, body, context)),
  );

  http.mount(cancelWalletWithdrawal, async ({ params, body }, context) =>
    found(await close('cancelled', params.withdrawalId, body, context)),
  );

  http.mount(getWalletBalance, async ({ params, query }, { caller: { brandId } }) => {
    const currency = query.currency ?? (await brands.get(brandId)).currency;
    const checked = await checkCurrency(brands, brandId, currency);
    return checked.ok ? found(await balanceOf(db, brandId, params.externalId, currency)) : checked;
  });
}
