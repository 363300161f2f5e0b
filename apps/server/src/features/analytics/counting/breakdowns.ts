import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { ProfiledFact } from './facts.ts';
import { DIMENSIONS, type Dimension, type Profile, valuesOf } from './profile.ts';
import { addTo, type Growing, isNothing, keyOf } from './sums.ts';

/** So many values of a dimension are told apart of each campaign: the first that came. */
export const MOST_VALUES = 200;

const NONE = '';
/** All values that came when enough were told apart. */
export const OTHERS = '*';
/** How a value is written that is told apart. */
export const named = (value: string): string => `=${value}`;

/** A number by one property. */
interface Part extends ProfiledFact {
  readonly campaignId: string;
  readonly dimension: Dimension;
  /** As it is written. */
  readonly value: string;
}

/** Adds sums to the numbers by properties, of a brand whose feed is held. */
export async function addToBreakdowns(
  tx: Queryable,
  brandId: string,
  facts: readonly ProfiledFact[],
): Promise<void> {
  const sums = facts.filter(isOfCampaign);
  if (sums.length === 0) return;
  const told = await tellApart(tx, brandId, sums);
  const parts = divide(sums, told);
  await tx.query({
    name: 'analytics.breakdowns',
    text: `insert into breakdown_days as r (brand_id, campaign_id, day, dimension, value, measure, detail, currency, count, amount)
      select $1::uuid, campaign_id, (slot at time zone f.breakdown_zone)::date, dimension, value, measure, detail, currency,
        sum(count), sum(amount)
      from unnest($2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
        $10::text[]::numeric[]) as t (slot, campaign_id, dimension, value, measure, detail, currency, count, amount),
        rollup_feeds f
      where f.brand_id = $1
      group by 2, 3, 4, 5, 6, 7, 8 order by 2, 4, 3, 5, 6, 7, 8
      on conflict (campaign_id, dimension, day, value, measure, detail, currency)
        do update set count = r.count + excluded.count, amount = r.amount + excluded.amount`,
    values: [
      brandId,
      instants(parts.map(({ at }) => at)),
      uuids(parts.map(({ campaignId }) => campaignId)),
      texts(parts.map(({ dimension }) => dimension)),
      texts(parts.map(({ value }) => value)),
      texts(parts.map(({ measure }) => measure)),
      texts(parts.map(({ detail }) => detail)),
      texts(parts.map(({ currency }) => currency)),
      int8s(parts.map(({ count }) => count)),
      texts(parts.map(({ amount }) => String(amount))),
    ],
  });
}

type OfCampaign = ProfiledFact & { readonly campaignId: string };

const isOfCampaign = (fact: ProfiledFact): fact is OfCampaign => fact.campaignId !== null;

const nameOf = (campaignId: string, dimension: Dimension, value: string): string =>
  `${campaignId} ${dimension} ${value}`;

/** Sums by one property each: what many profiles have in common is added up here, where it costs least. */
function divide(sums: readonly OfCampaign[], toldApart: ReadonlySet<string>): Part[] {
  const parts = new Map<string, Growing<Part>>();
  for (const fact of sums) {
    if (isNothing(fact)) continue;
    const { campaignId, profile } = fact;
    // Why codes were refused is not told by properties.
    const of = { ...fact, detail: fact.measure === 'accepted' ? fact.detail : '' };
    const key = keyOf(of);
    for (const dimension of DIMENSIONS)
      for (const value of writtenValues(campaignId, profile, dimension, toldApart))
        addTo(parts, `${key} ${dimension} ${value}`, fact, () => ({ ...of, dimension, value }));
  }
  return [...parts.values()];
}

function writtenValues(
  campaignId: string,
  profile: Profile | null,
  dimension: Dimension,
  toldApart: ReadonlySet<string>,
): Iterable<string> {
  const values = valuesOf(profile, dimension);
  if (values.length === 0) return [NONE];
  return new Set(
    values.map((value) => (toldApart.has(nameOf(campaignId, dimension, value)) ? named(value) : OTHERS)),
  );
}

interface Value {
  readonly campaignId: string;
  readonly dimension: Dimension;
  readonly value: string;
}

/** Lets in values that are new while there is room for them. @returns which of those there are are told apart. */
async function tellApart(tx: Queryable, brandId: string, sums: readonly OfCampaign[]): Promise<Set<string>> {
  const asked = new Map<string, Value>();
  for (const { campaignId, profile } of sums)
    for (const dimension of DIMENSIONS)
      for (const value of valuesOf(profile, dimension))
        asked.set(nameOf(campaignId, dimension, value), { campaignId, dimension, value });
  const told = new Set(
    (await findValues(tx, [...asked.values()])).map((one) =>
      nameOf(one.campaignId, one.dimension, one.value),
    ),
  );
  const unknown = [...asked].flatMap(([name, value]) => (told.has(name) ? [] : [value]));
  if (unknown.length === 0) return told;
  const room = await findRoom(tx, unknown);
  const letIn = unknown.filter(({ campaignId, dimension }) => {
    const of = `${campaignId} ${dimension}`;
    const left = room.get(of) ?? MOST_VALUES;
    room.set(of, left - 1);
    return left > 0;
  });
  await keepValues(tx, brandId, letIn);
  for (const { campaignId, dimension, value } of letIn) told.add(nameOf(campaignId, dimension, value));
  return told;
}

const columnsOf = (values: readonly Value[]) => [
  uuids(values.map(({ campaignId }) => campaignId)),
  texts(values.map(({ dimension }) => dimension)),
  texts(values.map(({ value }) => value)),
];

async function findValues(tx: Queryable, values: readonly Value[]): Promise<Value[]> {
  if (values.length === 0) return [];
  const { rows } = await tx.query<Value>({
    name: 'analytics.values',
    text: `select v.campaign_id as "campaignId", v.dimension, v.value
      from unnest($1::uuid[], $2::text[], $3::text[]) as t (campaign, dimension, value)
      cross join lateral (select * from breakdown_values v
        where v.campaign_id = t.campaign and v.dimension = t.dimension and v.value = t.value offset 0) v`,
    values: columnsOf(values),
  });
  return rows;
}

/** How many values more can be told apart, by campaign and dimension; those without any are left out. */
async function findRoom(tx: Queryable, values: readonly Value[]): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ name: string; count: number }>(
    `select campaign_id || ' ' || dimension as name, count(*)::int as count from breakdown_values
     where campaign_id = any($1::uuid[]) group by campaign_id, dimension`,
    [uuids([...new Set(values.map(({ campaignId }) => campaignId))])],
  );
  return new Map(rows.map(({ name, count }) => [name, MOST_VALUES - count]));
}

async function keepValues(tx: Queryable, brandId: string, values: readonly Value[]): Promise<void> {
  if (values.length === 0) return;
  await tx.query(
    `insert into breakdown_values (brand_id, campaign_id, dimension, value)
     select $1::uuid, * from unnest($2::uuid[], $3::text[], $4::text[]) order by 2, 3, 4`,
    [brandId, ...columnsOf(values)],
  );
}
