import type { Queryable } from '../../platform/db.ts';
import type { FundsChange, MoneyChange } from './change.ts';
import { type Bet, findBets, findRounds, type StoredBet } from './store/bets.ts';
import { findEntries } from './store/entries.ts';

/** Whether a change takes bets back: a round, or one of its bets alone. */
export const isRollback = ({ kind }: MoneyChange): boolean => kind === 'rollback' || kind === 'bet_rollback';

/** What rollbacks take back, by the change: bets of the wallet's currency that stand. Other changes are absent. */
export async function takenBackBy(
  connection: Queryable,
  changes: readonly FundsChange[],
): Promise<ReadonlyMap<FundsChange, readonly StoredBet[]>> {
  const of = (kind: MoneyChange['kind']) => changes.filter(({ change }) => change.kind === kind);
  const named = (some: readonly FundsChange[]) =>
    some.map(({ playerId, reference }) => [playerId, reference] as const);
  const [rounds, bets] = [of('rollback'), of('bet_rollback')];
  const inRounds = await findRounds(connection, named(rounds));
  const alone = await findBets(connection, named(bets));
  const standing = (stored: readonly StoredBet[], { playerId, currency }: FundsChange) =>
    stored.filter(
      ({ bet, isRolledBack }) => !isRolledBack && bet.playerId === playerId && bet.currency === currency,
    );
  return new Map([
    ...rounds.map(
      (change) =>
        [change, standing(inRounds, change).filter(({ bet }) => bet.roundId === change.reference)] as const,
    ),
    ...bets.map(
      (change) =>
        [change, standing(alone, change).filter(({ bet }) => bet.betId === change.reference)] as const,
    ),
  ]);
}

/**
 * Tells bets that were rolled back before they came, by themselves or with their round.
 * @param bets of players of whom anything ever was rolled back.
 */
export async function voidedAmong(
  connection: Queryable,
  bets: readonly Bet[],
): Promise<(bet: Bet) => boolean> {
  if (bets.length === 0) return () => false;
  const found = await findEntries(
    connection,
    bets.flatMap(({ playerId, roundId, betId }) => [
      [playerId, roundId, 'rollback'] as const,
      [playerId, betId, 'bet_rollback'] as const,
    ]),
  );
  const voids = new Set(found.map(({ playerId, kind, reference }) => `${playerId} ${kind} ${reference}`));
  return ({ playerId, roundId, betId }) =>
    voids.has(`${playerId} rollback ${roundId}`) || voids.has(`${playerId} bet_rollback ${betId}`);
}

/** The currencies a round, or one bet alone, was played in as far as it was told; none before anything was. */
export async function currenciesPlayed(
  connection: Queryable,
  playerId: string,
  kind: 'rollback' | 'bet_rollback',
  reference: string,
): Promise<ReadonlySet<string>> {
  const find = kind === 'rollback' ? findRounds : findBets;
  const stored = await find(connection, [[playerId, reference]]);
  return new Set(stored.map(({ bet }) => bet.currency));
}
