import type { WalletTransaction } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { currencyErrors } from '@promosmith/core/money';
import type { Database, Transaction } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { playerId } from '../../platform/ids.ts';
import { type Origin, publish } from '../../platform/outbox.ts';
import type { Brands } from '../brands/index.ts';
import {
  changeFunds,
  currenciesPlayed,
  type FundsAfter,
  type FundsChange,
  type MoneyChange,
} from '../funds/index.ts';
import { loadPlayers } from '../players/index.ts';
import { digestOf, findTransaction, keepTransaction, type StoredTransaction } from './store.ts';

/** What every transaction says. */
export interface Asked {
  readonly transactionId: string;
  readonly player: string;
  readonly currency: string;
}

/** An answer, and whether it was given before. */
export interface Answered {
  readonly transaction: WalletTransaction;
  readonly replayed: boolean;
}

/** A transaction to be made. */
export interface Move<Body extends Asked> {
  readonly kind: WalletTransaction['kind'];
  readonly body: Body;
  readonly amount: number;
  readonly change: MoneyChange;
  /** What the change is known by among the player's: the transaction, or the round. */
  readonly reference: string;
}

export const CONFLICT = refuse(
  'conflict',
  'This transaction id was used for a different transaction of the same player.',
);

export const EXCLUDED = refuse('self_excluded', 'The player is excluded from playing.');

const ROLLED_BACK = refuse('rolled_back', 'It was rolled back before it came, by itself or with its round.');

const playedInAnother = (played: ReadonlySet<string>) =>
  refuse('wrong_currency', `It was played in ${[...played].join(', ')}.`, [
    { field: 'currency', reason: 'not the currency it was played in', fix: [...played].join(' or ') },
  ]);

export const originOf = ({ caller, requestId }: RequestContext): Origin => ({
  brandId: caller.brandId,
  actor: caller.actor,
  correlationId: requestId,
  time: new Date().toISOString(),
});

/** The answer to a transaction that was made before, or that its id was used for another one. */
export const replayOf = ({ digest, answer }: StoredTransaction, asked: Buffer): Result<Answered> =>
  digest.equals(asked) ? ok({ transaction: answer, replayed: true }) : CONFLICT;

/** Refused when the brand has no such currency. */
export async function checkCurrency(
  brands: Brands,
  brandId: string,
  currency: string,
): Promise<Result<null>> {
  const { currencies } = await brands.get(brandId);
  const errors = currencyErrors(currencies, 'currency', currency);
  return errors.length === 0
    ? ok(null)
    : refuse('unknown_currency', `currency: ${errors[0]?.reason}`, errors);
}

export async function isExcluded(tx: Transaction | Database, player: string): Promise<boolean> {
  const players = await loadPlayers(tx, [player]);
  return players.get(player)?.selfExcludedUntil != null;
}

/**
 * Makes a transaction exactly once: its effect and its answer are one commit. Sent again, it waits for the wallet, has
 * no effect, and finds its answer. A refusal undoes whatever was done until then.
 */
export function transactions(db: Database, brands: Brands) {
  return async function make<Body extends Asked>(
    { kind, body, amount, change, reference }: Move<Body>,
    context: RequestContext,
  ): Promise<Result<Answered>> {
    const { brandId } = context.caller;
    const checked = await checkCurrency(brands, brandId, body.currency);
    if (!checked.ok) return checked;
    const id = playerId(brandId, body.player);
    const digest = digestOf(kind, body);
    return db.transaction(async (tx): Promise<Result<Answered>> => {
      const after = await changeOne(tx, {
        ...{ brandId, playerId: id, playerExternalId: body.player, currency: body.currency },
        ...{ reference, change },
      });
      const isKnown = after.ok && after.value.replayed;
      const earlier = isKnown ? await findTransaction(tx, id, body.transactionId) : undefined;
      if (earlier) return replayOf(earlier, digest);
      if (kind === 'bet' && (await isExcluded(tx, id))) return EXCLUDED;
      if (!after.ok) return after;
      if (change.kind === 'rollback' || change.kind === 'bet_rollback') {
        const played = await currenciesPlayed(tx, id, change.kind, reference);
        if (played.size > 0 && !played.has(body.currency)) return playedInAnother(played);
      }
      const transaction = answerOf(kind, body, amount, after.value);
      if (isPlay(kind) && transaction.split.real + transaction.split.bonus !== amount) return ROLLED_BACK;
      if (!(await keepTransaction(tx, { playerId: id, brandId, digest }, transaction))) return CONFLICT;
      await publish(tx, originOf(context), after.value.events);
      return ok({ transaction, replayed: false });
    });
  };
}

const isPlay = (kind: WalletTransaction['kind']): boolean => kind === 'bet' || kind === 'win';

async function changeOne(tx: Transaction, change: FundsChange): Promise<Result<FundsAfter>> {
  const [result] = await changeFunds(tx, [change]);
  if (!result) throw new Error(`no result of the change ${change.reference}`);
  return result;
}

const answerOf = (
  kind: WalletTransaction['kind'],
  { transactionId, player, currency }: Asked,
  amount: number,
  { split, real, bonus }: FundsAfter,
): WalletTransaction => ({
  ...{ transactionId, player, currency, kind, amount, split },
  balance: { real, bonus },
});
