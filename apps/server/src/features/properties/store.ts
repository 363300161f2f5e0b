import type { Actor, EventFieldType, FieldOrigin, FieldValue } from '@promosmith/contract';
import { MOST_EVENT_FIELDS } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { SeenField } from './field.ts';

/** Client actions of a brand, and custom events, that are listed because they were seen. */
const MOST_KEYS = 500;

export interface KeyRow {
  readonly key: string;
  readonly reserved: boolean;
  readonly manual: boolean;
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
}

export interface FieldRow {
  readonly key: string;
  readonly name: string;
  readonly type: EventFieldType | 'mixed';
  /** null: made of the name. */
  readonly label: string | null;
  readonly example: FieldValue;
  readonly origin: FieldOrigin;
  readonly firstSeenAt: Date | null;
  readonly lastSeenAt: Date | null;
}

const KEY = `key, reserved, registered_by is not null as manual, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"`;
const FIELD = `key, name, type, label, example, origin, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt"`;

/** Keys behind a place, in order. @param prefix what they begin with. */
export async function listKeys(
  db: Queryable,
  brandId: string,
  { after, prefix, limit }: { after: string; prefix: string; limit: number },
): Promise<KeyRow[]> {
  const { rows } = await db.query<KeyRow>(
    `select ${KEY} from event_keys where brand_id = $1 and key > $2 and starts_with(key, $3) order by key limit $4`,
    [brandId, after, prefix, limit],
  );
  return rows;
}

/** Holds the key's row until the transaction ends. */
export async function lockKey(tx: Queryable, brandId: string, key: string): Promise<KeyRow | undefined> {
  const { rows } = await tx.query<KeyRow>(
    `select ${KEY} from event_keys where brand_id = $1 and key = $2 for update`,
    [brandId, key],
  );
  return rows[0];
}

export async function findFields(
  db: Queryable,
  brandId: string,
  keys: readonly string[],
): Promise<Map<string, FieldRow[]>> {
  const { rows } = await db.query<FieldRow>(
    `select ${FIELD} from event_fields where brand_id = $1 and key = any($2::text[]) order by key, name`,
    [brandId, keys],
  );
  return Map.groupBy(rows, ({ key }) => key);
}

/** Every key of a brand, and the fields of a type that events of it carry. */
export async function findAll(
  db: Queryable,
  brandId: string,
): Promise<{ keys: string[]; fields: Map<string, FieldRow[]> }> {
  const [{ rows: keys }, { rows: fields }] = [
    await db.query<{ key: string }>('select key from event_keys where brand_id = $1', [brandId]),
    await db.query<FieldRow>(
      `select ${FIELD} from event_fields where brand_id = $1 and type <> 'mixed' order by key, name`,
      [brandId],
    ),
  ];
  return { keys: keys.map(({ key }) => key), fields: Map.groupBy(fields, ({ key }) => key) };
}

/**
 * Notes keys that were seen. One that is listed is written again after an hour at the earliest; a new one is listed
 * while there is room.
 */
export async function recordKeys(db: Queryable, brandId: string, keys: readonly string[]): Promise<void> {
  await db.query(
    `with given as (
       select key, split_part(key, ':', 1) as source from unnest($2::text[]) as seen (key)
     ), fresh as (
       select key, row_number() over (partition by source order by key) as n from given
       where not exists (select 1 from event_keys as known where known.brand_id = $1 and known.key = given.key)
     ), full_up as (
       select split_part(key, ':', 1) as source, count(*) as used from event_keys
       where brand_id = $1 and registered_by is null and not reserved group by 1
     )
     insert into event_keys as k (brand_id, key, first_seen_at, last_seen_at)
     select $1, given.key, now(), now()
     from given left join fresh on fresh.key = given.key left join full_up using (source)
     where n is null or n + coalesce(used, 0) <= $3
     order by given.key
     on conflict (brand_id, key) do update set last_seen_at = now(), first_seen_at = coalesce(k.first_seen_at, now())
       where k.last_seen_at is null or k.last_seen_at < now() - interval '1 hour'`,
    [brandId, keys, MOST_KEYS],
  );
}

/** Notes what events of listed keys carried. Types that do not agree become `mixed`, unless somebody said what it is. */
export async function recordFields(
  db: Queryable,
  brandId: string,
  seen: readonly (SeenField & { readonly key: string; readonly name: string })[],
): Promise<void> {
  if (seen.length === 0) return;
  await db.query(
    `with given as (
       select key, name, type, example from jsonb_to_recordset($2::jsonb) as seen (key text, name text, type text, example jsonb)
     ), fresh as (
       select key, name, row_number() over (partition by key order by name) as n from given
       where not exists (
         select 1 from event_fields as known
         where known.brand_id = $1 and known.key = given.key and known.name = given.name)
     ), full_up as (
       select key, count(*) as used from event_fields
       where brand_id = $1 and key in (select key from given) and origin = 'discovered' group by key
     )
     insert into event_fields as f (brand_id, key, name, type, example, origin, first_seen_at, last_seen_at)
     select $1, given.key, given.name, given.type, given.example, 'discovered', now(), now()
     from given left join fresh on fresh.key = given.key and fresh.name = given.name
       left join full_up on full_up.key = given.key
     where (n is null or n + coalesce(used, 0) <= $3)
       and exists (select 1 from event_keys as listed where listed.brand_id = $1 and listed.key = given.key)
     order by given.key, given.name
     on conflict (brand_id, key, name) do update set last_seen_at = now(),
       first_seen_at = coalesce(f.first_seen_at, now()),
       type = case when f.origin <> 'discovered' or f.type = excluded.type then f.type else 'mixed' end
       where f.last_seen_at is null or f.last_seen_at < now() - interval '1 hour'
         or (f.origin = 'discovered' and f.type <> 'mixed' and f.type <> excluded.type)`,
    [brandId, JSON.stringify(seen), MOST_EVENT_FIELDS],
  );
}

export async function registerKey(tx: Queryable, brandId: string, key: string, by: Actor): Promise<void> {
  await tx.query(
    `insert into event_keys as k (brand_id, key, registered_by) values ($1, $2, $3)
     on conflict (brand_id, key) do update set registered_by = coalesce(k.registered_by, excluded.registered_by)`,
    [brandId, key, JSON.stringify(by)],
  );
}

export interface DeclaredField {
  readonly name: string;
  readonly type: EventFieldType;
  readonly label?: string | undefined;
  readonly example: FieldValue;
}

/** Says what fields of a key are: what is seen does not change it. */
export async function declareFields(
  tx: Queryable,
  brandId: string,
  key: string,
  origin: 'manual' | 'content',
  fields: readonly DeclaredField[],
): Promise<void> {
  if (fields.length === 0) return;
  await tx.query(
    `insert into event_fields as f (brand_id, key, name, type, label, example, origin)
     select $1, $2, name, type, label, example, $3
     from jsonb_to_recordset($4::jsonb) as given (name text, type text, label text, example jsonb)
     order by name
     on conflict (brand_id, key, name) do update
       set type = excluded.type, label = coalesce(excluded.label, f.label), example = excluded.example, origin = excluded.origin
       where $3 = 'manual' or f.origin = 'discovered'`,
    [brandId, key, origin, JSON.stringify(fields)],
  );
}

/** Fields given by hand that no longer are: they go, unless events carry them. */
export async function withdrawFields(
  tx: Queryable,
  brandId: string,
  key: string,
  kept: readonly string[],
): Promise<void> {
  await tx.query(
    `delete from event_fields where brand_id = $1 and key = $2 and origin = 'manual' and first_seen_at is null
       and not name = any($3::text[])`,
    [brandId, key, kept],
  );
  await tx.query(
    `update event_fields set origin = 'discovered', label = null
     where brand_id = $1 and key = $2 and origin = 'manual' and not name = any($3::text[])`,
    [brandId, key, kept],
  );
}

export async function deleteKey(tx: Queryable, brandId: string, key: string): Promise<void> {
  await tx.query('delete from event_fields where brand_id = $1 and key = $2', [brandId, key]);
  await tx.query('delete from event_keys where brand_id = $1 and key = $2', [brandId, key]);
}

/** Keeps browsers from sending keys. One that is reserved already is not written, so nobody waits for it. */
export async function reserveKeys(tx: Queryable, brandId: string, keys: readonly string[]): Promise<void> {
  await tx.query(
    `insert into event_keys (brand_id, key, reserved)
     select $1, key, true from unnest($2::text[]) as given (key)
     where not exists (
       select 1 from event_keys as known where known.brand_id = $1 and known.key = given.key and known.reserved)
     order by key
     on conflict (brand_id, key) do update set reserved = true`,
    [brandId, keys],
  );
}

export async function findReservedKeys(
  db: Queryable,
  brandId: string,
  keys: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ key: string }>(
    'select key from event_keys where brand_id = $1 and key = any($2::text[]) and reserved',
    [brandId, keys],
  );
  return rows.map(({ key }) => key);
}
