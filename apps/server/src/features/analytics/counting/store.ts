import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Statement } from '../../../platform/sending.ts';
import { addToBreakdowns } from './breakdowns.ts';
import type { Fact, ProfiledFact } from './facts.ts';
import { forgetRecentLabels, layShownAside, NOT_ASIDE } from './outlived.ts';
import { addTo, type Growing, isNothing, keyOf, sumUp } from './sums.ts';

/** A brand's feed as somebody who counts it holds it. */
export interface Feed {
  readonly brandId: string;
  /** Up to where it has been counted. */
  readonly position: number;
  /** Days were put together again just now. */
  readonly isDividedAgain: boolean;
  /** Numbers by properties are of days of another clock: they have no quarters of an hour, and are counted anew. */
  readonly mustRecount: boolean;
}

interface HeldFeed {
  position: number;
  timeZone: string;
  breakdownZone: string;
  brandTimeZone: string;
}

/**
 * Holds what is counted of a brand until the transaction ends. Days are those of the brand's clock: when that was set
 * anew, they are put together again.
 * @param options.wait for another process that holds it, rather than leaving it to that one.
 * @returns undefined when another process does.
 */
export async function lockFeed(
  tx: Queryable,
  brandId: string,
  { wait = false }: { wait?: boolean } = {},
): Promise<Feed | undefined> {
  await tx.query(
    `insert into rollup_feeds (brand_id, time_zone, breakdown_zone)
     select brand_id, time_zone, time_zone from brands where brand_id = $1 on conflict do nothing`,
    [brandId],
  );
  const { rows } = await tx.query<HeldFeed>(
    `select f.position, f.time_zone as "timeZone", f.breakdown_zone as "breakdownZone",
       b.time_zone as "brandTimeZone"
     from rollup_feeds f join brands b on b.brand_id = f.brand_id
     where f.brand_id = $1 for update of f ${wait ? '' : 'skip locked'}`,
    [brandId],
  );
  const [held] = rows;
  if (!held) return undefined;
  const isDividedAgain = held.timeZone !== held.brandTimeZone;
  if (isDividedAgain) await divideAgain(tx, brandId, held.brandTimeZone);
  const mustRecount = held.breakdownZone !== held.brandTimeZone;
  return { brandId, position: held.position, isDividedAgain, mustRecount };
}

const DAYS = ['rollup_days', 'rollup_brand_days'];

/** Puts days together from their quarters of an hour. */
async function divideAgain(tx: Queryable, brandId: string, timeZone: string): Promise<void> {
  for (const table of DAYS) await tx.query(`delete from ${table} where brand_id = $1`, [brandId]);
  await tx.query(
    `insert into rollup_days (brand_id, day, campaign_id, measure, detail, currency, count, amount)
     select brand_id, (slot at time zone $2)::date, campaign_id, measure, detail, currency, sum(count), sum(amount)
     from rollups where brand_id = $1 group by 1, 2, 3, 4, 5, 6`,
    [brandId, timeZone],
  );
  await tx.query(
    `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
     select brand_id, day, measure, detail, currency, sum(count), sum(amount)
     from rollup_days where brand_id = $1 group by 1, 2, 3, 4, 5`,
    [brandId],
  );
  await tx.query('update rollup_feeds set time_zone = $2 where brand_id = $1', [brandId, timeZone]);
}

export const movingFeed = (brandId: string, position: number): Statement => ({
  text: 'update rollup_feeds set position = $2 where brand_id = $1',
  values: [brandId, position],
});

/** Brands of which something is not counted yet, or not by their clock. */
export async function findBehind(db: Queryable, aside: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ brandId: string }>(
    `select b.brand_id as "brandId" from brands b
     left join rollup_feeds f on f.brand_id = b.brand_id
     left join chain_heads h on h.brand_id = b.brand_id and h.chain = 'outbox'
     where b.brand_id <> all($1::uuid[])
       and (h.position > coalesce(f.position, 0) or f.time_zone <> b.time_zone or f.breakdown_zone <> b.time_zone
         or (select mark_id from bet_marks m where m.brand_id = b.brand_id order by mark_id limit 1) is not null
         or exists (
           select from platform_events e where e.brand_id = b.brand_id and not e.counted
             and e.type in ('deposit.succeeded', 'deposit.reversed')
         ))
     order by b.brand_id`,
    [aside],
  );
  return rows.map(({ brandId }) => brandId);
}

const SUMS = 'count = r.count + excluded.count, amount = r.amount + excluded.amount';

/** Adds to the sums of a brand whose feed is held, in the order of their keys. */
export async function addFacts(
  tx: Queryable,
  brandId: string,
  facts: readonly ProfiledFact[],
): Promise<void> {
  const sums = sumUp(facts);
  // What comes to nothing in the whole may have moved from one property to another.
  await Promise.all([addToWhole(tx, brandId, sums), addToBreakdowns(tx, brandId, sums)]);
}

async function addToWhole(tx: Queryable, brandId: string, facts: readonly Fact[]): Promise<void> {
  const sums = withoutProfiles(facts);
  if (sums.length === 0) return;
  await tx.query(
    `with added as (
       select t.*, (slot at time zone f.time_zone)::date as day
       from unnest($2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[]::numeric[])
         as t (slot, campaign_id, measure, detail, currency, count, amount), rollup_feeds f
       where f.brand_id = $1
     ), slots as (
       insert into rollups as r (brand_id, slot, campaign_id, measure, detail, currency, count, amount)
       select $1::uuid, slot, campaign_id, measure, detail, currency, count, amount from added order by 2, 3, 4, 5, 6
       on conflict (brand_id, slot, campaign_id, measure, detail, currency) do update set ${SUMS}
     ), days as (
       insert into rollup_days as r (brand_id, day, campaign_id, measure, detail, currency, count, amount)
       select $1::uuid, day, campaign_id, measure, detail, currency, sum(count), sum(amount)
       from added group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
       on conflict (brand_id, day, campaign_id, measure, detail, currency) do update set ${SUMS}
     )
     insert into rollup_brand_days as r (brand_id, day, measure, detail, currency, count, amount)
     select $1::uuid, day, measure, detail, currency, sum(count), sum(amount)
     from added group by 2, 3, 4, 5 order by 2, 3, 4, 5
     on conflict (brand_id, day, measure, detail, currency) do update set ${SUMS}`,
    [
      brandId,
      instants(sums.map(({ at }) => at)),
      uuids(sums.map(({ campaignId }) => campaignId)),
      texts(sums.map(({ measure }) => measure)),
      texts(sums.map(({ detail }) => detail)),
      texts(sums.map(({ currency }) => currency)),
      int8s(sums.map(({ count }) => count)),
      texts(sums.map(({ amount }) => String(amount))),
    ],
  );
}

/** What comes to nothing is left out. */
function withoutProfiles(sums: readonly Fact[]): Fact[] {
  const whole = new Map<string, Growing<Fact>>();
  for (const sum of sums) addTo(whole, keyOf(sum), sum, () => ({ ...sum }));
  return [...whole.values()].filter((sum) => !isNothing(sum));
}

const SUMMED = ['rollups', 'breakdown_days', 'breakdown_values', ...DAYS];
const BEHIND = ['activation_deposits', 'activation_bets', 'bet_marks'];

/**
 * Forgets all that is counted of a brand whose feed is held, so that it is counted anew from the beginning; but for what
 * was counted of messages that are deleted by now.
 * @returns from when on label tags are to be counted: milliseconds since 1970.
 */
export async function forgetAll(tx: Queryable, brandId: string): Promise<number> {
  for (const table of [...SUMMED, ...BEHIND])
    await tx.query(`delete from ${table} where brand_id = $1`, [brandId]);
  await forgetFacts(tx, brandId);
  await tx.query(`delete from outreach_days where brand_id = $1 and kind <> 'label'`, [brandId]);
  const labelsFrom = await forgetRecentLabels(tx, brandId);
  await tx.query(
    `update platform_events set counted = false
     where brand_id = $1 and counted and type in ('deposit.succeeded', 'deposit.reversed')`,
    [brandId],
  );
  await tx.query('update rollup_feeds set position = 0, breakdown_zone = time_zone where brand_id = $1', [
    brandId,
  ]);
  return labelsFrom;
}

/** Forgets facts and their profiles, but for those laid aside. */
async function forgetFacts(tx: Queryable, brandId: string): Promise<void> {
  await layShownAside(tx, brandId);
  await tx.query(`delete from facts where brand_id = $1 and ${NOT_ASIDE}`, [brandId]);
  await tx.query(
    `delete from fact_profiles p where brand_id = $1
       and not exists (select from facts f where f.brand_id = p.brand_id and f.profile_id = p.profile_id)`,
    [brandId],
  );
}
