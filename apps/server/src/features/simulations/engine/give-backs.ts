import type { Millis } from '@promosmith/core/activation';

/** What comes back at some time of what an offer held that waited for its deposit. */
export interface GiveBack {
  /** Whose use it is; null when only money comes back. */
  readonly playerId: string | null;
  /** Uses, or minor units, by counter. */
  readonly counters: readonly (readonly [counterKey: string, amount: number])[];
}

const MINUTE = 60_000;

/** What is still to be given back, by the minute: as much as there are offers that wait. */
export interface GiveBacks {
  /** @param at after the last instant that `due` was asked for. */
  add(at: Millis, back: GiveBack): void;
  /** Calls for all that has come back by then, in order of time. Asked for ever later instants. */
  due(now: Millis, give: (back: GiveBack) => void): void;
}

export function createGiveBacks(): GiveBacks {
  const byMinute = new Map<number, GiveBack[]>();
  let next: number | undefined;
  return {
    add(at, back) {
      const minute = Math.ceil(at / MINUTE);
      const others = byMinute.get(minute);
      if (others) others.push(back);
      else byMinute.set(minute, [back]);
    },
    due(now, give) {
      const last = Math.floor(now / MINUTE);
      next ??= last;
      for (; next <= last; next++) {
        for (const back of byMinute.get(next) ?? []) give(back);
        byMinute.delete(next);
      }
    },
  };
}
