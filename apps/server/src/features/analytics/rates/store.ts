import type { CurrencyRate } from '@promosmith/contract';
import { texts } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';

/** A rate as it is set; null takes it away. */
export interface NewRate {
  readonly day: string;
  readonly currency: string;
  readonly rate: string | null;
}

/** Sets rates into a currency, the last of those for one day. @returns how many are not as they were. */
export async function saveRates(
  tx: Queryable,
  brandId: string,
  into: string,
  rates: readonly NewRate[],
): Promise<number> {
  const last = [...new Map(rates.map((rate) => [`${rate.day} ${rate.currency}`, rate])).values()];
  const { rows } = await tx.query<{ changed: number }>(
    `with asked as (
       select day::date as day, currency, rate::numeric as rate from unnest($3::text[], $4::text[], $5::text[]) as t (day, currency, rate)
     ), gone as (
       delete from currency_rates r using asked a
       where r.brand_id = $1 and r.into_currency = $2 and r.currency = a.currency and r.day = a.day and a.rate is null
       returning 1
     ), kept as (
       insert into currency_rates as r (brand_id, into_currency, currency, day, rate)
       select $1::uuid, $2::text, currency, day, rate from asked where rate is not null order by currency, day
       on conflict (brand_id, into_currency, currency, day) do update set rate = excluded.rate
         where r.rate <> excluded.rate
       returning 1
     )
     select ((select count(*) from gone) + (select count(*) from kept))::int as changed`,
    [
      ...[brandId, into],
      texts(last.map(({ day }) => day)),
      texts(last.map(({ currency }) => currency)),
      texts(last.map(({ rate }) => rate)),
    ],
  );
  return rows[0]?.changed ?? 0;
}

/** Which rates are asked for. Days are inclusive. */
export interface AskedRates {
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Where a page ends. */
export type RatePlace = Pick<CurrencyRate, 'day' | 'currency' | 'into'>;

/** The latest days first. */
export async function listRates(
  db: Queryable,
  brandId: string,
  { currency, from, to }: AskedRates,
  after: RatePlace | undefined,
  limit: number,
): Promise<CurrencyRate[]> {
  const { rows } = await db.query<CurrencyRate>(
    `select day::text, currency, into_currency as "into", trim_scale(rate)::text as rate from currency_rates
     where brand_id = $1 and ($2::text is null or currency = $2) and day between coalesce($3::date, '-infinity') and coalesce($4::date, 'infinity')
       and ($5::date is null or (day, currency, into_currency) < ($5::date, $6::text, $7::text))
     order by currency_rates.day desc, currency_rates.currency desc, into_currency desc limit $8`,
    [
      ...[brandId, currency ?? null, from ?? null, to ?? null],
      ...[after?.day ?? null, after?.currency ?? null, after?.into ?? null, limit],
    ],
  );
  return rows;
}
