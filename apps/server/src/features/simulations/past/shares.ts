import type { Queryable } from '../../../platform/db.ts';

/** How far back it is looked, in days. */
const LOOK_BACK = 180;

/**
 * What bonuses of a brand that have a face value have cost of it, basis points by currency: what became real of what was
 * granted, those included that free spins and cashback were paid as, in the 180 days up to a day. What those paid as cash
 * is of no face value, and not among it. Without a currency of which nothing was granted, or whose share is past what is exact.
 */
export async function costShares(db: Queryable, brandId: string, to: string): Promise<Map<string, number>> {
  const { rows } = await db.query<{ currency: string; share: string }>(
    `select currency,
       div(coalesce(sum(amount) filter (where measure = 'converted'), 0) * 10000,
         sum(amount) filter (where measure in ('granted', 'paid_out')))::text as share
     from rollup_brand_days
     where brand_id = $1 and measure in ('granted', 'paid_out', 'converted') and currency <> ''
       and day > $2::date - $3::integer and day <= $2::date
     group by currency
     having sum(amount) filter (where measure in ('granted', 'paid_out')) > 0`,
    [brandId, to, LOOK_BACK],
  );
  return new Map(
    rows.flatMap(({ currency, share }) =>
      Number.isSafeInteger(Number(share)) ? [[currency, Number(share)] as const] : [],
    ),
  );
}
