import type { Queryable } from '../../../platform/db.ts';

/** How far back it is looked, in days. */
const LOOK_BACK = 180;

/**
 * What the bonuses of a brand have cost of their face value, basis points by currency: what became real and what was paid
 * in cash, of what was granted, in the 180 days up to a day.
 */
export async function costShares(db: Queryable, brandId: string, to: string): Promise<Map<string, number>> {
  const { rows } = await db.query<{ currency: string; share: number }>(
    `select currency,
       floor(coalesce(sum(amount) filter (where measure in ('converted', 'cash')), 0) * 10000
         / sum(amount) filter (where measure in ('granted', 'paid_out')))::integer as share
     from rollup_brand_days
     where brand_id = $1 and measure in ('granted', 'paid_out', 'converted', 'cash') and currency <> ''
       and day > $2::date - $3::integer and day <= $2::date
     group by currency
     having sum(amount) filter (where measure in ('granted', 'paid_out')) > 0`,
    [brandId, to, LOOK_BACK],
  );
  return new Map(rows.map(({ currency, share }) => [currency, share]));
}
