import type { Queryable } from '../../platform/db.ts';
import { moveOnCodes } from '../codes/index.ts';

/** One counter an activation took from, as stored with it: key, where it lives, how much. */
export type StoredTake = readonly [counterKey: string, home: 'code' | 'counter', amount: number];

/** A change of a counter: confirming a reservation, or giving back. */
export interface Move {
  readonly key: string;
  readonly home: 'code' | 'counter';
  readonly used: number;
  readonly reserved: number;
}

/** The moves that return everything an activation took. */
export const giveBack = (takes: readonly StoredTake[], slot: 'used' | 'reserved'): Move[] =>
  takes.map(([key, home, amount]) => ({
    key,
    home,
    used: slot === 'used' ? -amount : 0,
    reserved: slot === 'reserved' ? -amount : 0,
  }));

/** Adds up the moves of many activations: one write per counter, in key order. */
function summed(moves: readonly Move[], home: Move['home']): Move[] {
  const sums = new Map<string, { key: string; home: Move['home']; used: number; reserved: number }>();
  for (const move of moves) {
    if (move.home !== home) continue;
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

/**
 * Moves counters. Taking was guarded, so giving back what is on record never goes below zero: the tables' checks turn
 * a bug into an error instead of a wrong count.
 */
export async function moveCounters(tx: Queryable, moves: readonly Move[]): Promise<Moved[]> {
  await moveOnCodes(tx, summed(moves, 'code'));
  const rows = summed(moves, 'counter');
  if (rows.length === 0) return [];
  const { rows: moved } = await tx.query<Moved>(
    `update counters c set used = c.used + t.used, reserved = c.reserved + t.reserved
     from (select * from unnest($1::text[], $2::bigint[], $3::bigint[]) as t (key, used, reserved) order by key) t
     where c.counter_key = t.key
     returning c.counter_key as key, c.used, c.reserved, c.maximum`,
    [rows.map(({ key }) => key), rows.map(({ used }) => used), rows.map(({ reserved }) => reserved)],
  );
  if (moved.length !== rows.length) throw new Error('a counter that was taken from is gone');
  return moved;
}
