import type { CashbackReason, CashbackSums } from '@promosmith/contract';
import { cashbackDue, cashFlowLoss, gameNetLoss } from '@promosmith/core/cashback';
import type { Queryable } from '../../platform/db.ts';
import { barredBy, type KnownPlayer, loadPlayers } from '../players/index.ts';
import { cashFlowTotals, gameTotals, type Span } from './sums.ts';
import type { CashbackReward } from './terms.ts';

/** A period with the terms it is paid under. */
export interface Due extends Span {
  readonly reward: CashbackReward;
  /** Whether the bonus is still under way. */
  readonly isActive: boolean;
}

/** What a period comes to if it closes now. */
export interface Closing {
  /** Null when past what is exact. */
  readonly sums: CashbackSums | null;
  readonly netLoss: number | null;
  /** Minor units. */
  readonly amount: number;
  /** Why nothing is paid. */
  readonly reason: CashbackReason | null;
}

/** Works out what periods come to, in their order. Changes nothing. */
export async function closingsOf(db: Queryable, dues: readonly Due[]): Promise<Closing[]> {
  const sums = await sumsOf(db, dues);
  const players = await loadPlayers(
    db,
    dues.map(({ playerId }) => playerId),
  );
  return dues.map((due) => closingOf(due, sums.get(due) ?? null, players.get(due.playerId)));
}

async function sumsOf(db: Queryable, dues: readonly Due[]): Promise<Map<Due, CashbackSums | null>> {
  const { game_net_loss: byGames = [], cash_flow: byCashFlow = [] } = Object.groupBy(
    dues,
    ({ reward }) => reward.basis,
  );
  const games = await gameTotals(db, byGames);
  const cashFlows = await cashFlowTotals(db, byCashFlow);
  const sums = new Map<Due, CashbackSums | null>();
  for (const [n, due] of byGames.entries()) {
    const { stakes = null, wins = null } = games[n] ?? {};
    sums.set(due, stakes === null || wins === null ? null : { basis: 'game_net_loss', stakes, wins });
  }
  for (const [n, due] of byCashFlow.entries()) {
    const {
      startBalance = null,
      deposits = null,
      withdrawals = null,
      endBalance = null,
    } = cashFlows[n] ?? {};
    const isExact = startBalance !== null && deposits !== null && withdrawals !== null && endBalance !== null;
    sums.set(due, isExact ? { basis: 'cash_flow', startBalance, deposits, withdrawals, endBalance } : null);
  }
  return sums;
}

function closingOf(
  { reward, currency, isActive }: Due,
  sums: CashbackSums | null,
  player: KnownPlayer | undefined,
): Closing {
  const netLoss = sums && lossOf(sums);
  const nothing = (reason: CashbackReason): Closing => ({ sums, netLoss, amount: 0, reason });
  if (!isActive) return nothing('bonus_ended');
  if (netLoss === null) return nothing('amount_too_large');
  const due = cashbackDue(reward, currency, netLoss);
  const barred = player && barredBy(player);
  return due.reason === null && barred ? nothing(barred) : { sums, netLoss, ...due };
}

const lossOf = (sums: CashbackSums): number =>
  sums.basis === 'game_net_loss' ? gameNetLoss(sums) : cashFlowLoss(sums);
