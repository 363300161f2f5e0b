import type { makeWalletDeposit, RouteInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Events } from '../events/index.ts';
import { loadFunds } from '../funds/index.ts';
import { digestOf, findTransaction, keepTransaction } from './store.ts';
import { type Answered, CONFLICT, EXCLUDED, isExcluded, originOf, replayOf } from './transactions.ts';

type Deposit = RouteInput<typeof makeWalletDeposit>['body'];

/**
 * Deposits, taken in as the platform's own events are, so that everything that waits for a deposit gets it. What makes
 * one count once is its `depositId`; the answer is kept after it, and made again should that have been missed.
 */
export function deposits(db: Database, events: Events) {
  return async (body: Deposit, context: RequestContext): Promise<Result<Answered>> => {
    const { brandId } = context.caller;
    const { transactionId, player, currency, amount, method, index } = body;
    const id = playerId(brandId, player);
    const digest = digestOf('deposit', body);
    const known = await findTransaction(db, id, transactionId);
    if (known) return replayOf(known, digest);
    if (await isExcluded(db, id)) return EXCLUDED;

    const origin = originOf(context);
    const data = { depositId: transactionId, amount, currency, method, ...(index && { index }) };
    const [taken] = await events.receive(origin, [
      { id: newId(), type: 'deposit.succeeded', time: origin.time, player, data },
    ]);
    if (taken?.status === 'rejected') return { ok: false, refusal: taken.reason };

    const [now] = await loadFunds(db, [{ playerId: id, currency }]);
    const transaction = {
      ...{ transactionId, player, currency, kind: 'deposit' as const, amount },
      split: { real: amount, bonus: 0 },
      balance: { real: now?.real ?? 0, bonus: now?.bonus ?? 0 },
    };
    if (await keepTransaction(db, { playerId: id, brandId, digest }, transaction))
      return ok({ transaction, replayed: false });
    const earlier = await findTransaction(db, id, transactionId);
    return earlier ? replayOf(earlier, digest) : CONFLICT;
  };
}
