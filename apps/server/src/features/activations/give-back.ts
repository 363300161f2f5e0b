import { isBudgetKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { moveOnCodes } from '../codes/index.ts';

/** One counter an activation holds something of, as stored with it: key, where it lives, how much. */
export type StoredTake = readonly [counterKey: string, home: 'code' | 'counter', amount: number];

/** A change of a counter: confirming a reservation, or giving back. */
export interface Move {
  readonly key: string;
  readonly home: 'code' | 'counter';
  readonly used: number;
  readonly reserved: number;
}

/**
 * The moves that return takes.
 * @param open minor units of the budget that are no more than reserved, where the other takes are used.
 */
export const giveBack = (takes: readonly StoredTake[], slot: 'used' | 'reserved', open = 0): Move[] =>
  takes.map(([key, home, amount]) => {
    const ofBudget = isBudgetKey(key) ? open : 0;
    const reserved = slot === 'reserved' ? amount : ofBudget;
    return { key, home, used: reserved - amount, reserved: 0 - reserved };
  });

/**
 * Parts what an activation holds into what it returns, which is every use, and what it keeps: the money of its bonuses
 * that have ended is spent.
 * @param budget minor units that come back.
 */
export function partTakes(
  takes: readonly StoredTake[],
  budget: number,
): { returned: StoredTake[]; kept: StoredTake[] } {
  const returned = takes.map(
    ([key, home, amount]): StoredTake => [key, home, isBudgetKey(key) ? budget : amount],
  );
  const kept = takes.flatMap(([key, home, amount]): StoredTake[] =>
    isBudgetKey(key) && amount > budget ? [[key, home, amount - budget]] : [],
  );
  return { returned, kept };
}

/** Adds up the moves of many activations: one write per counter, in key order. */
function summed(moves: readonly Move[]): Move[] {
  const sums = new Map<string, { key: string; home: Move['home']; used: number; reserved: number }>();
  for (const move of moves) {
    const sum = sums.get(move.key);
    if (sum) {
      sum.used += move.used;
      sum.reserved += move.reserved;
    } else sums.set(move.key, { ...move });
  }
  return [...sums.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A counter after its move. */
export interface Moved {
  readonly key: string;
  readonly used: number;
  readonly reserved: number;
  readonly maximum: number | null;
}

/** Counters of one player, device or household; those of a whole campaign come last in the order of locks. */
const isPersonal = ({ key }: Move): boolean => /^[^:]+:[pdh][.:]/.test(key);

/**
 * Moves counters. Taking was guarded, so giving back what is on record never goes below zero: the tables' checks turn
 * a bug into an error instead of a wrong count.
 */
export async function moveCounters(tx: Queryable, moves: readonly Move[]): Promise<Moved[]> {
  const { code = [], counter = [] } = Object.groupBy(summed(moves), ({ home }) => home);
  const personal = await moveRows(tx, counter.filter(isPersonal));
  await moveOnCodes(tx, code);
  return [
    ...personal,
    ...(await moveRows(
      tx,
      counter.filter((move) => !isPersonal(move)),
    )),
  ];
}

async function moveRows(tx: Queryable, moves: readonly Move[]): Promise<Moved[]> {
  if (moves.length === 0) return [];
  const { rows } = await tx.query<Moved>(
    `update counters c set used = c.used + t.used, reserved = c.reserved + t.reserved
     from (select * from unnest($1::text[], $2::bigint[], $3::bigint[]) as t (key, used, reserved) order by key) t
     where c.counter_key = any($1::text[]) and c.counter_key = t.key
     returning c.counter_key as key, c.used, c.reserved, c.maximum`,
    [moves.map(({ key }) => key), moves.map(({ used }) => used), moves.map(({ reserved }) => reserved)],
  );
  if (rows.length !== moves.length) throw new Error('a counter that was taken from is gone');
  return rows;
}
