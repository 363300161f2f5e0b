import { keyOf, type Rate } from './rate.ts';

/** As the server has it: banks tell no rates on holidays, but none is good for longer. */
export const GOOD_FOR_DAYS = 7;

/** How long a rate is good. */
export interface Reach {
  /** The last day. */
  readonly until: string;
  /** Whether there is no rate on the day after, which has come or lies before a later rate. */
  readonly isGap: boolean;
}

const DAY_MS = 86_400_000;
const LAST_DAY = Date.parse('9999-12-31');

/** @returns the day so many days after that one, or the last one there is. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Math.min(Date.parse(day) + days * DAY_MS, LAST_DAY)).toISOString().slice(0, 10);

/**
 * How long each rate is good, by its key: until the next one of the same currencies, a week at most.
 * @param rates the latest first, and all of the later ones with them.
 */
export function reaches(rates: readonly Rate[], today: string): ReadonlyMap<string, Reach> {
  const next = new Map<string, string>();
  return new Map(
    rates.map((rate) => {
      const pair = `${rate.currency} ${rate.into}`;
      const following = next.get(pair);
      next.set(pair, rate.day);
      const expires = daysAfter(rate.day, GOOD_FOR_DAYS - 1);
      if (following === undefined) return [keyOf(rate), { until: expires, isGap: expires < today }];
      const before = daysAfter(following, -1);
      const isGap = expires < before;
      return [keyOf(rate), { until: isGap ? expires : before, isGap }];
    }),
  );
}
