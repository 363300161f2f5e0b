import { instants, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Identifier } from '../identifiers/keys.ts';
import { type IdentifierKind, PERSONAL_KINDS } from '../identifiers/normalise.ts';
import type { Sighting } from './sightings.ts';

/** An account linked by an identifier that it had not been linked by. */
export interface NewLink {
  readonly key: string;
  readonly kind: IdentifierKind;
  readonly playerId: string;
}

interface Seen extends NewLink {
  readonly hint: string;
  first: number;
  last: number;
}

/** One for each account and identifier, in the order of their keys. */
function seenIn(sightings: readonly Sighting[]): Seen[] {
  const seen = new Map<string, Seen>();
  for (const { playerId, identifiers, at } of sightings)
    for (const { key, kind, hint } of identifiers) {
      const name = `${key} ${playerId}`;
      const known = seen.get(name);
      if (known) {
        known.first = Math.min(known.first, at);
        known.last = Math.max(known.last, at);
      } else seen.set(name, { key, kind, hint, playerId, first: at, last: at });
    }
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, link]) => link);
}

/**
 * Records which accounts were seen with what, in a brand whose links are held. One that somebody removed is not made
 * again. When a link was seen last is written once a day.
 * @returns the links that are new.
 */
export async function recordLinks(
  tx: Queryable,
  brandId: string,
  sightings: readonly Sighting[],
): Promise<NewLink[]> {
  const seen = seenIn(sightings);
  if (seen.length === 0) return [];
  const known = await findKnown(tx, seen);
  const added = seen.filter((_, n) => !known.has(n));
  await setSeen(
    tx,
    seen.filter((_, n) => known.get(n)?.isOld),
  );
  await addLinks(tx, brandId, added);
  await countLinks(tx, brandId, added);
  return added;
}

/** @returns by place, those that are linked, or were and are not to be again. */
async function findKnown(tx: Queryable, seen: readonly Seen[]): Promise<Map<number, { isOld: boolean }>> {
  const { rows } = await tx.query<{ n: number; isOld: boolean }>(
    `select t.n::int - 1 as n, l.removed_at is null and l.last_seen_at < t.last_at - interval '1 day' as "isOld"
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) with ordinality as t (identifier_key, player_id, last_at, n)
     cross join lateral (
       select last_seen_at, removed_at from risk_links
       where identifier_key = t.identifier_key and player_id = t.player_id offset 0
     ) l`,
    [
      uuids(seen.map(({ key }) => key)),
      uuids(seen.map(({ playerId }) => playerId)),
      instants(seen.map(({ last }) => last)),
    ],
  );
  return new Map(rows.map(({ n, isOld }) => [n, { isOld }]));
}

async function setSeen(tx: Queryable, again: readonly Seen[]): Promise<void> {
  if (again.length === 0) return;
  await tx.query(
    `update risk_links l set last_seen_at = t.last_at
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as t (identifier_key, player_id, last_at)
     where l.identifier_key = t.identifier_key and l.player_id = t.player_id and l.identifier_key = any($1::uuid[])`,
    [
      uuids(again.map(({ key }) => key)),
      uuids(again.map(({ playerId }) => playerId)),
      instants(again.map(({ last }) => last)),
    ],
  );
}

async function addLinks(tx: Queryable, brandId: string, added: readonly Seen[]): Promise<void> {
  if (added.length === 0) return;
  await tx.query(
    `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
     select unnest($2::uuid[]), unnest($3::uuid[]), $1, unnest($4::text[]), unnest($5::timestamptz[]), unnest($6::timestamptz[])`,
    [
      brandId,
      uuids(added.map(({ key }) => key)),
      uuids(added.map(({ playerId }) => playerId)),
      texts(added.map(({ kind }) => kind)),
      instants(added.map(({ first }) => first)),
      instants(added.map(({ last }) => last)),
    ],
  );
}

/** Adds links to how many accounts their identifiers have. */
async function countLinks(tx: Queryable, brandId: string, links: readonly Seen[]): Promise<void> {
  if (links.length === 0) return;
  await tx.query(
    `insert into risk_identifiers as i (identifier_key, brand_id, kind, hint, players, first_player_id, first_seen_at)
     select identifier_key, $1, min(kind), min(hint), count(*), (array_agg(player_id order by at, player_id))[1], min(at)
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
       as t (identifier_key, player_id, kind, hint, at)
     group by identifier_key order by identifier_key
     on conflict (identifier_key) do update set players = i.players + excluded.players,
       first_player_id = coalesce(i.first_player_id, excluded.first_player_id)`,
    [
      brandId,
      uuids(links.map(({ key }) => key)),
      uuids(links.map(({ playerId }) => playerId)),
      texts(links.map(({ kind }) => kind)),
      texts(links.map(({ hint }) => hint)),
      instants(links.map(({ first }) => first)),
    ],
  );
}

/**
 * Takes a link away for good, in a brand whose links are held. Being seen again does not bring it back.
 * @returns undefined when there is none.
 */
export async function removeLink(
  tx: Queryable,
  { key, playerId }: Pick<NewLink, 'key' | 'playerId'>,
): Promise<(Identifier & { others: string[] }) | undefined> {
  const { rows } = await tx.query<Identifier>(
    `with gone as (
       update risk_links set removed_at = now()
       where identifier_key = $1 and player_id = $2 and removed_at is null returning identifier_key
     )
     update risk_identifiers i set players = i.players - 1 from gone
     where i.identifier_key = gone.identifier_key returning i.identifier_key as key, i.kind, i.hint`,
    [key, playerId],
  );
  const [identifier] = rows;
  if (!identifier) return undefined;
  const left = await tx.query<{ playerId: string }>(
    `select player_id as "playerId" from risk_links where identifier_key = $1 and removed_at is null
     order by first_seen_at, player_id`,
    [key],
  );
  const others = left.rows.map((row) => row.playerId);
  await tx.query('update risk_identifiers set first_player_id = $2 where identifier_key = $1', [
    key,
    others[0] ?? null,
  ]);
  return { ...identifier, others };
}

export const isPersonal = ({ kind }: Pick<NewLink, 'kind'>): boolean => PERSONAL_KINDS.includes(kind);
