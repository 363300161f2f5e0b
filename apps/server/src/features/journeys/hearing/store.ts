import { type EventType, PLAYER_EVENTS } from '@promosmith/contract';
import { eventKey, type JourneyEvent } from '@promosmith/core/journey';
import { int8s, jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Happening } from '../enrolments/index.ts';

/** A brand whose feed goes on behind what its journeys were told. */
export interface Behind {
  readonly brandId: string;
  /** How far the feed goes. */
  readonly head: number;
  /** What some version of a journey listens to that players may be inside of, or whose goal may still count. */
  readonly listensTo: readonly EventType[];
}

const KEYS = Object.keys(PLAYER_EVENTS).map((name) => eventKey({ source: 'event', name }));
const SOURCE = eventKey({ source: 'event', name: '' });

/**
 * Brands that have published something since. Who listens is read together with how far the feed goes: a journey that was
 * published before an event was, is asked.
 */
export async function findBehind(db: Queryable): Promise<Behind[]> {
  const { rows } = await db.query<{ brandId: string; head: number; keys: string[] }>(
    `select h.brand_id as "brandId", h.position as head, array(
       select distinct key
       from journeys j join journey_versions v on v.brand_id = j.brand_id and v.journey_id = j.journey_id,
         jsonb_object_keys(v.event_fields) as key
       where j.brand_id = h.brand_id and key = any($1::text[])
         -- for so long goals of those who were inside may count
         and (j.status <> 'archived' or j.updated_at > now() - interval '366 days')
     ) as keys
     from chain_heads h left join journey_feeds f on f.brand_id = h.brand_id
     where h.chain = 'outbox' and h.position > coalesce(f.position, 0)`,
    [KEYS],
  );
  return rows.map(({ keys, ...behind }) => ({
    ...behind,
    listensTo: keys.map((key) => key.slice(SOURCE.length) as EventType),
  }));
}

/** Passes over events that nobody listens to. */
export async function passOver(db: Queryable, feeds: readonly Behind[]): Promise<void> {
  if (feeds.length === 0) return;
  await db.query(
    `insert into journey_feeds as f (brand_id, position)
     select * from unnest($1::uuid[], $2::bigint[]) as passed (brand_id, position) order by brand_id
     on conflict (brand_id) do update set position = greatest(f.position, excluded.position)`,
    [uuids(feeds.map(({ brandId }) => brandId)), int8s(feeds.map(({ head }) => head))],
  );
}

/** Holds a brand's feed until the transaction ends. @returns undefined when another process does. */
export async function lockFeed(tx: Queryable, brandId: string): Promise<number | undefined> {
  await tx.query('insert into journey_feeds (brand_id, position) values ($1, 0) on conflict do nothing', [
    brandId,
  ]);
  const { rows } = await tx.query<{ position: number }>(
    'select position from journey_feeds where brand_id = $1 for update skip locked',
    [brandId],
  );
  return rows[0]?.position;
}

export async function moveFeed(tx: Queryable, brandId: string, position: number): Promise<void> {
  await tx.query('update journey_feeds set position = $2 where brand_id = $1', [brandId, position]);
}

/** An event of one player, as journeys are told of it. */
export interface Told extends Happening {
  readonly brandId: string;
  /** Sorts as text in the order of the feed. */
  readonly place: string;
}

export async function insertAside(tx: Queryable, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await tx.query(
    `insert into journey_events_aside (player_id, event_id, brand_id, player_external_id, place, event)
     select player_id, event_id, brand_id, player_external_id, place, event::jsonb
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::json[])
       as given (player_id, event_id, brand_id, player_external_id, place, event)`,
    [
      uuids(told.map(({ playerId }) => playerId)),
      uuids(told.map(({ event }) => event.id)),
      uuids(told.map(({ brandId }) => brandId)),
      texts(told.map(({ playerExternalId }) => playerExternalId)),
      texts(told.map(({ place }) => place)),
      jsons(told.map(({ event }) => JSON.stringify(event))),
    ],
  );
}

const ASIDE = `player_id as "playerId", brand_id as "brandId", player_external_id as "playerExternalId", place, event`;

interface AsideRow {
  playerId: string;
  brandId: string;
  playerExternalId: string;
  place: string;
  event: JourneyEvent;
}

/** Events that were put aside, brand by brand in the order of the feed. @param except their ids */
export async function findAside(db: Queryable, except: readonly string[], atMost: number): Promise<Told[]> {
  const { rows } = await db.query<AsideRow>(
    `select ${ASIDE} from journey_events_aside where event_id <> all($1::uuid[]) order by brand_id, place limit $2`,
    [except, atMost],
  );
  return rows;
}

/** Whether events of a brand are aside that come before what is read next. @param except their ids */
export async function isAnyAside(
  tx: Queryable,
  brandId: string,
  except: readonly string[],
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from journey_events_aside where brand_id = $1 and event_id <> all($2::uuid[]) limit 1',
    [brandId, except],
  );
  return rowCount !== 0;
}

/** Takes those of the events that nobody has told meanwhile. The caller holds their feed. */
export async function takeAside(tx: Queryable, told: readonly Told[]): Promise<Told[]> {
  const { rows } = await tx.query<AsideRow>(
    `with taken as (
       delete from journey_events_aside
       where player_id = any($1::uuid[]) and (player_id, event_id) in (select unnest($1::uuid[]), unnest($2::uuid[]))
       returning *
     )
     select ${ASIDE} from taken order by place`,
    [uuids(told.map(({ playerId }) => playerId)), uuids(told.map(({ event }) => event.id))],
  );
  return rows;
}
