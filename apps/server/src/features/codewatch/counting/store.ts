import { instants, int4s, texts, uuids } from '../../../platform/arrays.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { firstIdAt } from '../../../platform/ids.ts';
import type { Trier, Tries } from './tries.ts';

/** A brand's feed as somebody who watches its codes holds it. */
export interface Feed {
  readonly brandId: string;
  readonly position: number;
}

const DAY_MS = 86_400_000;

/**
 * Holds a brand's feed until the transaction ends. One that nobody has looked at begins a day ago: that is as much as
 * anything is compared with.
 * @returns undefined when another process holds it.
 */
export async function lockFeed(tx: Queryable, brandId: string): Promise<Feed | undefined> {
  const { rows } = await tx.query<Feed>(
    `select brand_id as "brandId", position from code_watch_feeds where brand_id = $1 for update skip locked`,
    [brandId],
  );
  return rows[0];
}

export async function beginFeeds(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ now: Date }>('select now() as now');
  await db.query(
    `insert into code_watch_feeds (brand_id, position)
     select b.brand_id, coalesce(
       (select min(o.position) - 1 from outbox o where o.brand_id = b.brand_id and o.batch_id >= $1),
       (select h.position from chain_heads h where h.brand_id = b.brand_id and h.chain = 'outbox'), 0)
     from brands b where not exists (select from code_watch_feeds f where f.brand_id = b.brand_id)
     on conflict do nothing`,
    [firstIdAt((rows[0]?.now.getTime() ?? 0) - DAY_MS)],
  );
}

export async function moveFeed(tx: Queryable, brandId: string, position: number): Promise<void> {
  await tx.query('update code_watch_feeds set position = $2 where brand_id = $1', [brandId, position]);
}

/** Brands whose feeds go further than has been counted. */
export async function findBehind(db: Queryable, aside: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ brandId: string }>(
    `select f.brand_id as "brandId" from code_watch_feeds f
     join chain_heads h on h.brand_id = f.brand_id and h.chain = 'outbox'
     where h.position > f.position and f.brand_id <> all($1::uuid[]) order by f.brand_id`,
    [aside],
  );
  return rows.map(({ brandId }) => brandId);
}

/** What was tried in a slot until now, and in the day before it. */
export interface WatchedSlot {
  /** A shared code, or a campaign: all its other codes together. */
  readonly watchedId: string;
  readonly isCode: boolean;
  readonly campaignId: string;
  readonly slot: Date;
  readonly tries: number;
  readonly accepted: number;
  readonly before: number;
  readonly firstSlot: Date;
}

/** Adds tries up, in key order. */
export async function addTries(tx: Queryable, brandId: string, tries: readonly Tries[]): Promise<void> {
  if (tries.length === 0) return;
  await tx.query(
    `insert into code_tries as t (watched_id, slot, brand_id, campaign_id, is_code, tries, accepted)
     select watched_id, slot, $1, min(campaign_id::text)::uuid, is_code, sum(tries)::int, sum(accepted)::int
     from (
       select case when c.kind = 'shared' then g.code_key else g.campaign_id end as watched_id,
         coalesce(c.kind = 'shared', false) as is_code, g.*
       from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::int[], $6::int[])
         as g (code_key, campaign_id, slot, tries, accepted)
       left join codes c on c.code_key = g.code_key and c.code_key = any($2::uuid[])
     ) given group by watched_id, slot, is_code order by watched_id, slot
     on conflict (watched_id, slot) do update set tries = t.tries + excluded.tries, accepted = t.accepted + excluded.accepted`,
    [
      brandId,
      uuids(tries.map(({ codeKey }) => codeKey)),
      uuids(tries.map(({ campaignId }) => campaignId)),
      instants(tries.map(({ slot }) => slot)),
      int4s(tries.map((row) => row.tries)),
      int4s(tries.map(({ accepted }) => accepted)),
    ],
  );
}

/** The slots of these codes, or of their campaigns, that began less than an hour ago. */
export async function findSlots(
  tx: Queryable,
  brandId: string,
  tries: readonly Tries[],
): Promise<WatchedSlot[]> {
  const ids = [...new Set(tries.flatMap(({ codeKey, campaignId }) => [codeKey, campaignId]))];
  const slots = [...new Set(tries.map(({ slot }) => slot))];
  const { rows } = await tx.query<WatchedSlot>(
    `select t.watched_id as "watchedId", t.is_code as "isCode", t.campaign_id as "campaignId", t.slot, t.tries, t.accepted,
       (select coalesce(sum(b.tries), 0)::int from code_tries b
        where b.watched_id = t.watched_id and b.slot < t.slot and b.slot >= t.slot - interval '1 day') as before,
       (select min(b.slot) from code_tries b where b.watched_id = t.watched_id) as "firstSlot"
     from code_tries t
     where t.watched_id = any($1::uuid[]) and t.slot = any($2::timestamptz[]) and t.brand_id = $3
       and t.slot > now() - interval '1 hour'
     order by t.watched_id, t.slot`,
    [uuids(ids), instants(slots), brandId],
  );
  return rows;
}

/** A code that players tried whom it was not meant for. */
export interface Leak {
  readonly codeKey: string;
  readonly campaignId: string;
  readonly kind: string;
  readonly last4: string;
  /** How many there are. */
  readonly count: number;
  /** Some of them, by the platform's ids. */
  readonly players: readonly string[];
}

const NAMED = 20;

/**
 * Notes down who tried codes that are others'.
 * @returns the codes that so many have tried by now, in key order; only of those that somebody new has.
 */
export async function addStrangers(
  tx: Queryable,
  brandId: string,
  triers: readonly Trier[],
  least: number,
): Promise<Leak[]> {
  if (triers.length === 0) return [];
  const { rows: fresh } = await tx.query<{ code_key: string }>(
    `with added as (
       insert into code_strangers as s (code_key, player_id, brand_id, campaign_id, player_external_id, tries, first_at)
       select c.code_key, g.player_id, $1, g.campaign_id, g.player, g.tries, g.at
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::int[])
         as g (code_key, player_id, campaign_id, player, at, tries)
       join codes c on c.code_key = g.code_key and c.code_key = any($2::uuid[])
       where c.holder_id <> g.player_id
       order by c.code_key, g.player_id
       on conflict (code_key, player_id) do update set tries = s.tries + excluded.tries
       returning code_key, tries, xmax = 0 as is_new
     ) select distinct code_key from added where is_new`,
    [
      brandId,
      uuids(triers.map(({ codeKey }) => codeKey)),
      uuids(triers.map((row) => row.playerId)),
      uuids(triers.map(({ campaignId }) => campaignId)),
      texts(triers.map(({ player }) => player)),
      instants(triers.map(({ at }) => at)),
      int4s(triers.map(({ tries }) => tries)),
    ],
  );
  if (fresh.length === 0) return [];
  const { rows } = await tx.query<Leak>(
    `select s.code_key as "codeKey", c.campaign_id as "campaignId", c.kind, c.last4, count(*)::int as count,
       (array_agg(s.player_external_id order by s.first_at, s.player_id))[1:${NAMED}] as players
     from code_strangers s join codes c on c.code_key = s.code_key
     where s.code_key = any($1::uuid[]) and c.brand_id = $2
     group by 1, 2, 3, 4 having count(*) >= $3 order by 1`,
    [uuids(fresh.map(({ code_key }) => code_key)), brandId, least],
  );
  return rows;
}

/** The latest case of a kind about things, decided or not. */
export interface EarlierAlarm {
  readonly subject: string;
  readonly count: number | null;
  /** Decided within the last day. */
  readonly isFresh: boolean;
}

/** @param subjects `code/<id>` and `campaign/<id>`. */
export async function findEarlierAlarms(
  tx: Queryable,
  brandId: string,
  kind: 'code_leak' | 'code_burst',
  subjects: readonly string[],
): Promise<Map<string, EarlierAlarm>> {
  const { rows } = await tx.query<EarlierAlarm>(
    `select distinct on (subject) subject, (evidence ->> 'count')::int as count,
       coalesce(decided_at > now() - interval '1 day', false) as "isFresh"
     from risk_cases where brand_id = $1 and subject = any($2::text[]) and kind = $3 order by subject, case_id desc`,
    [brandId, texts(subjects), kind],
  );
  return new Map(rows.map((row) => [row.subject, row]));
}

/**
 * Slots of more than eight days ago, and strangers of more than a season. The newest slot of everything that is watched
 * stays: what has rested for long is not new when it is tried again, and a flood would be its own baseline.
 */
export async function forgetTries(db: Database): Promise<boolean> {
  await db.query(
    `delete from code_tries t where slot < now() - interval '8 days'
       and exists (select from code_tries later where later.watched_id = t.watched_id and later.slot > t.slot)`,
  );
  await db.query("delete from code_strangers where first_at < now() - interval '92 days'");
  return false;
}
