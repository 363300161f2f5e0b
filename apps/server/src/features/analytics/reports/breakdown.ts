import type { PerformanceDimension, PerformancePart } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { OTHERS } from '../counting/breakdowns.ts';
import { numbersOf } from './numbers.ts';
import type { Period } from './period.ts';
import type { Sum } from './sums.ts';

type Kind = PerformancePart['kind'];

const kindOf = (written: string): Kind => (written === '' ? 'none' : written === OTHERS ? 'others' : 'value');

const LAST: Readonly<Record<Kind, number>> = { value: 0, none: 1, others: 2 };

/** A campaign of the brand in numbers by one property: most codes taken first, what has no value last. */
export async function readBreakdown(
  db: Queryable,
  { brandId, campaignId }: { readonly brandId: string; readonly campaignId: string },
  by: PerformanceDimension,
  { from, to }: Period,
  feesBps: number | null,
): Promise<PerformancePart[]> {
  const { rows } = await db.query<Sum & { written: string }>(
    `select value as written, measure, detail, currency, sum(count)::bigint as count, sum(amount)::text as amount
     from breakdown_days
     where campaign_id = $2 and brand_id = $1 and dimension = $3 and day between $4::date and $5::date
     group by value, measure, detail, currency`,
    [brandId, campaignId, by, from, to],
  );
  const byValue = Map.groupBy(rows, ({ written }) => written);
  const names = by === 'code' ? await findNames(db, brandId, [...byValue.keys()]) : new Map();
  return [...byValue]
    .map(([written, sums]): PerformancePart => {
      const kind = kindOf(written);
      const value = kind === 'value' ? written.slice(1) : null;
      return { kind, value, name: (value && names.get(value)) ?? null, ...numbersOf(sums, feesBps) };
    })
    .filter((part) => hasNumbers(part))
    .sort(
      (a, b) =>
        LAST[a.kind] - LAST[b.kind] ||
        b.accepted - a.accepted ||
        ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
    );
}

/** What was counted and taken back again leaves zeros. */
const hasNumbers = ({ money, ...numbers }: PerformancePart): boolean =>
  money.length > 0 || Object.values(numbers).some((number) => typeof number === 'number' && number !== 0);

/** The texts of shared codes, by id. */
async function findNames(
  db: Queryable,
  brandId: string,
  written: readonly string[],
): Promise<Map<string, string>> {
  const ids = written.filter((value) => kindOf(value) === 'value').map((value) => value.slice(1));
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>(
    `select code_key as id, shared_text as name from codes
     where code_key = any($1::uuid[]) and brand_id = $2 and shared_text is not null`,
    [ids, brandId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
