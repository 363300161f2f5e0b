import { DEFAULT_WHEN_SHOWN } from '@promosmith/core/content';
import type { Queryable } from '../../../platform/db.ts';

/** Names that are listed at most: pages that make names up do not fill the list. What is past it is taken all the same. */
const MOST_LISTED = 500;
const MOST_PROPERTIES = 50;

export interface ClientAction {
  readonly name: string;
  readonly reserved: boolean;
  readonly properties: readonly string[];
  readonly firstSeenAt: string;
}

export async function listActions(db: Queryable, brandId: string): Promise<ClientAction[]> {
  const { rows } = await db.query<Omit<ClientAction, 'firstSeenAt'> & { firstSeenAt: Date }>(
    `select name, reserved, property_names as properties, first_seen_at as "firstSeenAt" from client_actions
     where brand_id = $1 order by name`,
    [brandId],
  );
  return rows.map((row) => ({ ...row, firstSeenAt: row.firstSeenAt.toISOString() }));
}

/** Which of the names no browser may raise, because content does. */
export async function findReserved(
  db: Queryable,
  brandId: string,
  names: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ name: string }>(
    'select name from client_actions where brand_id = $1 and name = any($2::text[]) and reserved',
    [brandId, names],
  );
  return new Set([DEFAULT_WHEN_SHOWN, ...rows.map(({ name }) => name)]);
}

/** Lists actions that were seen for the first time, or with other properties than before. */
export async function discover(
  db: Queryable,
  brandId: string,
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const names = [...seen.keys()];
  const properties = names.map((name) =>
    JSON.stringify([...(seen.get(name) ?? [])].sort().slice(0, MOST_PROPERTIES)),
  );
  await db.query(
    `with seen as (
       select name, array(select jsonb_array_elements_text(properties)) as properties
       from unnest($2::text[], $3::jsonb[]) as given (name, properties)
     )
     insert into client_actions as a (brand_id, name, property_names)
     select $1, name, properties from seen
     where not exists (
         select 1 from client_actions as known
         where known.brand_id = $1 and known.name = seen.name and known.property_names @> seen.properties)
       and ((select count(*) from client_actions where brand_id = $1) < $4
         or exists (select 1 from client_actions as known where known.brand_id = $1 and known.name = seen.name))
     order by name
     on conflict (brand_id, name) do update set property_names = excluded.property_names`,
    [brandId, names, properties, MOST_LISTED],
  );
}

/** Keeps browsers from raising what content raises. A name that is reserved already is not written, so nobody waits for it. */
export async function reserve(tx: Queryable, brandId: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await tx.query(
    `insert into client_actions (brand_id, name, reserved)
     select $1, name, true from unnest($2::text[]) as given (name)
     where not exists (
       select 1 from client_actions as known where known.brand_id = $1 and known.name = given.name and known.reserved)
     order by name
     on conflict (brand_id, name) do update set reserved = true`,
    [brandId, [...new Set(names)]],
  );
}
