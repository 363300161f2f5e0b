import type { FundsEvent, FundsEventKind } from './types.ts';

/** At one instant: money in, then bonuses, then play, then money out. */
const RANK: Readonly<Record<FundsEventKind, number>> = {
  deposit: 0,
  cash: 1,
  grant_started: 2,
  grant_extended: 3,
  grant_reinstated: 4,
  correction: 5,
  bet: 6,
  stake: 6,
  win: 7,
  withdrawal_requested: 8,
  withdrawal_paid: 9,
  withdrawal_cancelled: 10,
  deposit_reversed: 11,
  grant_ended: 12,
  time: 13,
};

/** Where an event stands among a player's events. */
export type Place = Pick<FundsEvent, 'at' | 'kind' | 'id'>;

/** The one order of a player's events: by instant, then by kind, then by id. However they arrive, they fold in this. */
export function compareEvents(a: Place, b: Place): number {
  const before = a.at - b.at || RANK[a.kind] - RANK[b.kind];
  if (before !== 0) return before;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
