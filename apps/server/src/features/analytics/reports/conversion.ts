import type { CampaignReport } from '@promosmith/contract';
import { convert } from '@promosmith/core/performance';
import type { Queryable } from '../../../platform/db.ts';
import type { Period } from './period.ts';
import type { Sum } from './sums.ts';

/** A sum of one day. */
export type DaySum = Sum & { readonly day: string };

/** Decimals of the minor units of each currency. */
export type Exponents = (currency: string) => number;

/** A currency that money is converted into. */
export interface Into {
  readonly currency: string;
  readonly exponentOf: Exponents;
}

interface DatedRate {
  readonly currency: string;
  readonly day: string;
  readonly rate: string;
}

/** A rate is good for so long, if none follows it. Banks tell none on holidays. */
const GOOD_FOR_DAYS = 7;

/** What currencies were worth on the days of a period. */
export interface Rates {
  readonly into: Into;
  /** The rate of a day; undefined when there is none. */
  of(currency: string, day: string): string | undefined;
}

export async function readRates(
  db: Queryable,
  brandId: string,
  into: Into,
  { from, to }: Period,
): Promise<Rates> {
  const { rows } = await db.query<DatedRate>(
    `select currency, day::text, trim_scale(rate)::text as rate from currency_rates
     where brand_id = $1 and into_currency = $2 and day > $3::date - ${GOOD_FOR_DAYS} and day <= $4::date
     order by currency, day`,
    [brandId, into.currency, from, to],
  );
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return {
    into,
    of(currency, day) {
      const latest = byCurrency.get(currency)?.findLast((rate) => rate.day <= day);
      return latest && daysBetween(latest.day, day) < GOOD_FOR_DAYS ? latest.rate : undefined;
    },
  };
}

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** Each day's money by the rate of the day. What there is no rate for stays as it is. */
export const converted = (sums: readonly DaySum[], { into, of }: Rates): DaySum[] =>
  sums.map((sum) => {
    if (!isForeign(sum, into)) return sum;
    const rate = of(sum.currency, sum.day);
    if (rate === undefined) return sum;
    const exponents = {
      fromExponent: into.exponentOf(sum.currency),
      intoExponent: into.exponentOf(into.currency),
    };
    const amount = convert(BigInt(sum.amount), { rate, ...exponents });
    return { ...sum, currency: into.currency, amount: String(amount) };
  });

const isForeign = ({ currency }: Sum, into: Into): boolean => currency !== '' && currency !== into.currency;

type Conversion = NonNullable<CampaignReport['conversion']>;

/** Of which days rates are missing that money was counted on. */
export function missingRates(sums: readonly DaySum[], { into, of }: Rates): Conversion {
  const missing = sums.filter((sum) => isForeign(sum, into) && of(sum.currency, sum.day) === undefined);
  return {
    currency: into.currency,
    missing: [...Map.groupBy(missing, ({ currency }) => currency)]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([currency, some]) => {
        const days = [...new Set(some.map(({ day }) => day))].sort();
        return { currency, days: days.length, first: days[0] ?? '', last: days.at(-1) ?? '' };
      }),
  };
}
