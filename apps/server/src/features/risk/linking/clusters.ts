import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { PERSONAL_KINDS } from '../identifiers/normalise.ts';
import { createGroups } from './components.ts';
import { isPersonal, type NewLink } from './links.ts';

/**
 * Puts accounts that new links connect into one cluster, in a brand whose links are held. Those who share an identifier
 * are in one cluster already, so the first of them stands for all.
 */
export async function joinClusters(tx: Queryable, brandId: string, links: readonly NewLink[]): Promise<void> {
  const personal = links.filter(isPersonal);
  if (personal.length === 0) return;
  const { rows } = await tx.query<{ key: string; first: string }>(
    `select identifier_key as key, first_player_id as first from risk_identifiers
     where identifier_key = any($1::uuid[]) and players > 1`,
    [uuids([...new Set(personal.map(({ key }) => key))])],
  );
  const firsts = new Map(rows.map(({ key, first }) => [key, first]));
  const groups = createGroups();
  for (const { key, playerId } of personal) {
    const first = firsts.get(key);
    if (first !== undefined) groups.join(first, playerId);
  }
  const together = groups.all();
  if (together.length === 0) return;
  await merge(tx, brandId, await withTheirClusters(tx, together));
}

interface Merger {
  readonly players: readonly string[];
  /** Clusters that become one, the largest first. */
  readonly clusters: readonly string[];
}

/** Groups of accounts whose clusters meet are one group. */
async function withTheirClusters(tx: Queryable, together: readonly string[][]): Promise<Merger[]> {
  const { rows } = await tx.query<{ playerId: string; clusterId: string; size: number }>(
    `select p.player_id as "playerId", p.cluster_id as "clusterId", c.players as size
     from risk_profiles p join risk_clusters c on c.brand_id = p.brand_id and c.cluster_id = p.cluster_id
     where p.player_id = any($1::uuid[])`,
    [uuids(together.flat())],
  );
  const sizes = new Map(rows.map(({ clusterId, size }) => [clusterId, size]));
  const clusterOf = new Map(rows.map(({ playerId, clusterId }) => [playerId, clusterId]));
  const groups = createGroups();
  for (const [first = '', ...others] of together) {
    for (const other of others) groups.join(first, other);
    for (const player of [first, ...others]) {
      const cluster = clusterOf.get(player);
      if (cluster !== undefined) groups.join(player, cluster);
    }
  }
  return groups.all().map((items) => ({
    players: items.filter((item) => !sizes.has(item)),
    clusters: items
      .filter((item) => sizes.has(item))
      .sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || (a < b ? -1 : 1)),
  }));
}

/** The largest cluster takes the others in: what is written is the fewer accounts. */
async function merge(tx: Queryable, brandId: string, mergers: readonly Merger[]): Promise<void> {
  const moves = mergers.map(({ players, clusters }) => {
    const [largest = newId(), ...absorbed] = clusters;
    return { into: largest, players, absorbed };
  });
  const joining = moves.flatMap(({ into, players }) => players.map((player) => ({ into, player })));
  await setClusters(tx, brandId, joining);
  const absorbed = moves.flatMap((move) => move.absorbed.map((from) => ({ from, into: move.into })));
  if (absorbed.length > 0) {
    const froms = uuids(absorbed.map(({ from }) => from));
    await tx.query(
      `update risk_profiles p set cluster_id = t.target from unnest($1::uuid[], $2::uuid[]) as t (source, target)
       where p.cluster_id = t.source and p.cluster_id = any($1::uuid[])`,
      [froms, uuids(absorbed.map(({ into }) => into))],
    );
    await tx.query('delete from risk_clusters where brand_id = $1 and cluster_id = any($2::uuid[])', [
      brandId,
      froms,
    ]);
  }
  await countClusters(
    tx,
    brandId,
    moves.map(({ into }) => into),
  );
}

async function setClusters(
  tx: Queryable,
  brandId: string,
  rows: readonly { readonly into: string | null; readonly player: string }[],
): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.player < b.player ? -1 : 1));
  await tx.query(
    `insert into risk_profiles as p (player_id, brand_id, cluster_id)
     select player_id, $1, cluster_id from unnest($2::uuid[], $3::uuid[]) as t (player_id, cluster_id)
     on conflict (player_id) do update set cluster_id = excluded.cluster_id
       where p.cluster_id is distinct from excluded.cluster_id`,
    [brandId, uuids(sorted.map(({ player }) => player)), uuids(sorted.map(({ into }) => into))],
  );
}

/** Says anew how many accounts clusters have. */
async function countClusters(tx: Queryable, brandId: string, clusterIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into risk_clusters (brand_id, cluster_id, players, changed_at)
     select $1, cluster_id, count(*), now() from risk_profiles where cluster_id = any($2::uuid[])
     group by cluster_id having count(*) > 1 order by cluster_id
     on conflict (brand_id, cluster_id) do update
       set players = excluded.players, changed_at = excluded.changed_at`,
    [brandId, uuids([...new Set(clusterIds)])],
  );
}

/**
 * Parts a cluster again into those whom what is left of its links connects, in a brand whose links are held: the largest
 * part keeps its name.
 */
export async function partCluster(tx: Queryable, brandId: string, playerId: string): Promise<void> {
  const { rows } = await tx.query<{ clusterId: string; playerId: string }>(
    `select p.cluster_id as "clusterId", p.player_id as "playerId" from risk_profiles p
     where p.cluster_id = (select cluster_id from risk_profiles where player_id = $1)`,
    [playerId],
  );
  const clusterId = rows[0]?.clusterId;
  if (clusterId === undefined) return;
  const members = rows.map((row) => row.playerId);
  const parts = (await componentsOf(tx, members)).sort((a, b) => b.length - a.length);
  const together = parts.flatMap((players, n) => {
    const into = n === 0 ? clusterId : newId();
    return players.map((player) => ({ player, into }));
  });
  const linked = new Set(together.map(({ player }) => player));
  const alone = members.filter((player) => !linked.has(player)).map((player) => ({ player, into: null }));
  await setClusters(tx, brandId, [...together, ...alone]);
  if (together.length === 0)
    await tx.query('delete from risk_clusters where brand_id = $1 and cluster_id = $2', [brandId, clusterId]);
  await countClusters(
    tx,
    brandId,
    together.map(({ into }) => into),
  );
}

/** Accounts that are connected by links there are; who is connected with nobody is in none. */
async function componentsOf(tx: Queryable, players: readonly string[]): Promise<string[][]> {
  const { rows } = await tx.query<{ first: string; playerId: string }>(
    `select i.first_player_id as first, l.player_id as "playerId"
     from risk_links l join risk_identifiers i on i.identifier_key = l.identifier_key
     where l.player_id = any($1::uuid[]) and l.removed_at is null and l.kind = any($2::text[]) and i.players > 1`,
    [uuids(players), texts(PERSONAL_KINDS)],
  );
  const groups = createGroups();
  for (const { first, playerId } of rows) groups.join(first, playerId);
  return groups.all();
}
