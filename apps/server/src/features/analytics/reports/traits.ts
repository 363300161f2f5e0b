import type { PerformanceDimension } from '@promosmith/contract';

/** One property that rows are asked for by: a value of a dimension, none, or one that is not told apart. */
export type Trait =
  | { readonly dimension: PerformanceDimension; readonly kind: 'value'; readonly value: string }
  | {
      readonly dimension: PerformanceDimension;
      readonly kind: 'none' | 'others';
      readonly value?: undefined;
    };

/** A property as it is asked for; the contract has checked that it is whole. */
export function traitOf({
  by,
  value,
  only,
}: {
  readonly by?: PerformanceDimension | undefined;
  readonly value?: string | undefined;
  readonly only?: 'none' | 'others' | undefined;
}): Trait | undefined {
  if (by === undefined) return undefined;
  if (value !== undefined) return { dimension: by, kind: 'value', value };
  return only && { dimension: by, kind: only };
}

/** The columns of a profile, `p`. */
const COLUMNS: Readonly<Record<Exclude<PerformanceDimension, 'segment'>, string>> = {
  code: 'p.code_key::text',
  batch: 'p.batch_id::text',
  source: 'p.source',
  affiliate: 'p.affiliate',
  country: 'p.country',
  device: 'p.device',
  channel: 'p.channel',
};

const valuesOf = (dimension: PerformanceDimension): string =>
  dimension === 'segment' ? 'p.segments' : `array_remove(array[${COLUMNS[dimension]}],null)`;

const toldApart = (dimension: PerformanceDimension, value: string): string =>
  `exists (select from breakdown_values v where v.campaign_id = $2 and v.dimension = '${dimension}' and v.value = ${value})`;

/** Whether a row is counted under a property, in SQL. `$2` is the campaign and `$11` the value. */
export function countsAs({ dimension, kind }: Trait): string {
  const values = valuesOf(dimension);
  switch (kind) {
    case 'value':
      return `($11 = any(${values}) and ${toldApart(dimension, '$11')})`;
    case 'none':
      return `coalesce(cardinality(${values}), 0) = 0`;
    case 'others':
      return `exists (select from unnest(${values}) as one where not ${toldApart(dimension, 'one')})`;
  }
}
