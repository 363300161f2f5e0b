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
  const { rows } = await tx.query<NewLink>(
    `with seen as (
       select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[])
         as t (identifier_key, player_id, kind, first_at, last_at)
     ), again as (
       update risk_links l set last_seen_at = seen.last_at from seen
       where l.identifier_key = seen.identifier_key and l.identifier_key = any($2::uuid[]) and l.player_id = seen.player_id
         and l.removed_at is null and l.last_seen_at < seen.last_at - interval '1 day'
     )
     insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
     select identifier_key, player_id, $1, kind, first_at, last_at from seen
     on conflict (identifier_key, player_id) do nothing
     returning identifier_key as key, kind, player_id as "playerId"`,
    [
      brandId,
      uuids(seen.map(({ key }) => key)),
      uuids(seen.map(({ playerId }) => playerId)),
      texts(seen.map(({ kind }) => kind)),
      instants(seen.map(({ first }) => first)),
      instants(seen.map(({ last }) => last)),
    ],
  );
  const hints = new Map(seen.map(({ key, hint }) => [key, hint]));
  const first = new Map(seen.map(({ key, playerId, first: at }) => [`${key} ${playerId}`, at]));
  await countLinks(
    tx,
    brandId,
    rows.map((link) => ({
      ...link,
      hint: hints.get(link.key) ?? '',
      at: first.get(`${link.key} ${link.playerId}`) ?? 0,
    })),
  );
  return rows;
}

/** Adds links to how many accounts their identifiers have. */
async function countLinks(
  tx: Queryable,
  brandId: string,
  links: readonly (NewLink & { hint: string; at: number })[],
): Promise<void> {
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
      instants(links.map(({ at }) => at)),
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
