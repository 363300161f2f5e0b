import type { SimulatedMoney } from '@promosmith/contract';
import type { Millis } from '@promosmith/core/activation';
import type { Cost, Likely } from './cost.ts';
import type { Setting } from './types.ts';

interface Sums {
  grants: number;
  granted: bigint;
  /** Their face value, by what tells what they are likely to cost. */
  readonly likely: Record<Likely, { grants: number; face: bigint }>;
  lowest: bigint;
  /** Null once a bonus has no bound. */
  highest: bigint | null;
  /** How much more, or less, is open at the end of a day than of the one before. */
  readonly openBy: bigint[];
}

/** What bonuses of a simulation come to. */
export interface MoneyTally {
  /** @param until when it is over at the latest; null when it stays. */
  grant(currency: string, cost: Cost, at: Millis, until: Millis | null): void;
  /** @param shares what bonuses of the brand have cost of their face value, basis points by currency. */
  result(shares: ReadonlyMap<string, number>): SimulatedMoney[];
}

export function createMoneyTally({ days, dayStarts }: Pick<Setting, 'days' | 'dayStarts'>): MoneyTally {
  const byCurrency = new Map<string, Sums>();

  const sumsOf = (currency: string): Sums => {
    const known = byCurrency.get(currency);
    if (known) return known;
    const openBy = Array.from({ length: days.length + 1 }, () => 0n);
    const none = () => ({ grants: 0, face: 0n });
    const likely = { face: none(), share: none(), unknown: none() };
    const sums: Sums = { grants: 0, granted: 0n, likely, lowest: 0n, highest: 0n, openBy };
    byCurrency.set(currency, sums);
    return sums;
  };

  return {
    grant(currency, { face, likely, lowest, highest }, at, until) {
      const sums = sumsOf(currency);
      sums.grants++;
      sums.granted += BigInt(face);
      sums.likely[likely].grants++;
      sums.likely[likely].face += BigInt(face);
      sums.lowest += BigInt(lowest);
      sums.highest = sums.highest === null || highest === null ? null : sums.highest + highest;
      if (highest === null) return;
      const from = dayOf(dayStarts, at);
      const to = until === null ? days.length : dayOf(dayStarts, until);
      sums.openBy[from] = (sums.openBy[from] ?? 0n) + highest;
      sums.openBy[to] = (sums.openBy[to] ?? 0n) - highest;
    },

    result: (shares) =>
      [...byCurrency]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sums]) => {
          const share = shares.get(currency) ?? null;
          const peak = sums.highest === null ? null : peakOf(sums.openBy.slice(0, days.length));
          return {
            currency,
            grants: sums.grants,
            granted: exact(sums.granted),
            lowestCost: exact(sums.lowest),
            expectedCost: exact(expectedOf(sums, share)),
            costShareBps: share,
            highestCost: exact(sums.highest),
            peakLiability: exact(peak?.open ?? null),
            peakDay: peak === null ? null : (days[peak.day] ?? null),
          };
        }),
  };
}

/**
 * What bonuses are expected to cost; null when that of some of them is not known.
 * @param share that bonuses have cost of their face value, basis points; null without history.
 */
function expectedOf({ likely, highest }: Sums, share: number | null): bigint | null {
  if (likely.unknown.grants > 0 || (share === null && likely.share.face > 0n)) return null;
  const expected = likely.face.face + (likely.share.face * BigInt(share ?? 0)) / 10_000n;
  // Bonuses of other terms may have come to more than these can.
  return highest !== null && highest < expected ? highest : expected;
}

/** The index of the day an instant is in; as many as there are days for what is after them. */
export function dayOf(dayStarts: readonly Millis[], at: Millis): number {
  let [from, to] = [0, dayStarts.length - 1];
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((dayStarts[middle] ?? 0) <= at) from = middle;
    else to = middle - 1;
  }
  return from;
}

/** The first of the days at whose end the most is open. */
function peakOf(openBy: readonly bigint[]): { day: number; open: bigint } {
  let open = 0n;
  let peak = { day: 0, open: 0n };
  for (const [day, more] of openBy.entries()) {
    open += more;
    if (open > peak.open) peak = { day, open };
  }
  return peak;
}

const exact = (sum: bigint | null): number | null =>
  sum === null || sum > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(sum);
