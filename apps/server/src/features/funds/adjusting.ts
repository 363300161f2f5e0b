import type { FundsEvent } from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { Left } from './apply.ts';
import type { Wallet } from './folding/wallet.ts';
import type { NewAdjustment } from './store/adjustments.ts';
import { convertedOf, underWayAt } from './store/concerned.ts';

interface Candidate {
  readonly wallet: Wallet;
  readonly at: number;
  readonly kind: NewAdjustment['kind'];
  readonly amount: number;
  readonly detail: Record<string, unknown>;
}

/**
 * Cases for a person: what came after a bonus that it concerns had ended for good. Whatever came before any bonus, or
 * between two, concerns none.
 */
export async function adjustmentsOf(
  connection: Queryable,
  settled: readonly { readonly wallet: Wallet; readonly left: Left }[],
): Promise<NewAdjustment[]> {
  const candidates = settled.flatMap(({ wallet, left }) => candidatesOf(wallet, left));
  const concerned = new Map<number, string>();
  const moments = candidates.map(({ wallet: { playerId, currency }, at }) => ({ playerId, currency, at }));
  for (const { index, grantId } of await underWayAt(connection, moments))
    if (!concerned.has(index)) concerned.set(index, grantId);
  return candidates.flatMap(({ wallet, kind, amount, detail }, index) => {
    const grantId = concerned.get(index);
    return grantId === undefined ? [] : [adjustment(wallet, grantId, kind, amount, detail)];
  });
}

function candidatesOf(wallet: Wallet, { late }: Left): Candidate[] {
  const told = [...late.bets, ...late.retimed.keys()].filter(({ kind }) => kind !== 'grant_started');
  return [
    ...told.map((event): Candidate => {
      const detail = { event: event.kind, id: event.id, at: new Date(event.at).toISOString() };
      return { wallet, at: event.at, kind: 'late_event', amount: amountOf(event), detail };
    }),
    ...late.removed.map(({ bet, split }): Candidate => {
      const bonus = bet.stake + bet.win - split.realStake - split.realWin;
      const detail = { betId: bet.betId, roundId: bet.roundId, at: new Date(bet.at).toISOString() };
      const { contribution, parts } = split;
      return {
        wallet,
        at: bet.at,
        kind: 'late_rollback',
        amount: bonus,
        detail: { ...detail, stake: bet.stake, win: bet.win, contribution, parts },
      };
    }),
  ];
}

const amountOf = (event: FundsEvent): number => {
  if ('stake' in event) return event.stake;
  if ('win' in event) return event.win;
  return 'amount' in event ? event.amount : 0;
};

/** Deposits that were reversed when the bonus they had earned was real money already. */
export async function convertedBefore(
  connection: Queryable,
  reversals: readonly { readonly wallet: Wallet; readonly depositId: string }[],
): Promise<NewAdjustment[]> {
  const found = await convertedOf(
    connection,
    reversals.map(({ wallet, depositId }) => ({ playerId: wallet.playerId, depositId })),
  );
  return found.flatMap(({ playerId, depositId, grantId, converted }) => {
    const wallet = reversals.find(
      (one) => one.wallet.playerId === playerId && one.depositId === depositId,
    )?.wallet;
    return wallet ? [adjustment(wallet, grantId, 'deposit_reversed', converted, { depositId })] : [];
  });
}

const adjustment = (
  { playerId, currency, brandId }: Wallet,
  grantId: string,
  kind: NewAdjustment['kind'],
  amount: number,
  detail: Record<string, unknown>,
): NewAdjustment => ({ playerId, currency, brandId, adjustmentId: newId(), grantId, kind, amount, detail });
