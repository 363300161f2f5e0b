import type { WalletWithdrawal } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { playerId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import { changeFunds, loadFunds } from '../funds/index.ts';
import { closeWithdrawal } from './store.ts';
import { type Asked, originOf } from './transactions.ts';

const NOT_FOUND = refuse('not_found', 'There is no such withdrawal of this player.');

const KINDS = { paid: 'withdrawal_paid', cancelled: 'withdrawal_cancelled' } as const;

/** Pays a withdrawal out or gives it back, whichever is said first. */
export function withdrawals(db: Database) {
  return (
    as: WalletWithdrawal['state'],
    withdrawalId: string,
    { player, currency }: Omit<Asked, 'transactionId'>,
    context: RequestContext,
  ): Promise<Result<WalletWithdrawal>> =>
    db.transaction(async (tx) => {
      const { brandId } = context.caller;
      const id = playerId(brandId, player);
      const found = await closeWithdrawal(tx, id, withdrawalId, as);
      if (!found || found.currency !== currency) return NOT_FOUND;
      if (found.state !== as) return refuse('conflict', `The withdrawal is ${found.state} already.`);
      const { amount } = found;
      if (found.isClosedNow) {
        const change = { kind: KINDS[as], amount };
        const of = { brandId, playerId: id, playerExternalId: player, currency };
        const [changed] = await changeFunds(tx, [{ ...of, reference: withdrawalId, change }]);
        if (!changed?.ok) return changed ?? NOT_FOUND;
        await publish(tx, originOf(context), changed.value.events);
      }
      const [now] = await loadFunds(tx, [{ playerId: id, currency }]);
      const balance = { real: now?.real ?? 0, bonus: now?.bonus ?? 0 };
      return ok({ withdrawalId, player, currency, amount, state: as, balance });
    });
}
