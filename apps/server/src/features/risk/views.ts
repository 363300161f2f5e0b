import type { LinkedIdentifier, PlayerRiskProfile, RiskCluster } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type Band, bandOf, type RiskPolicy } from '@promosmith/core/risk';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { findVersion } from './policies/store.ts';
import { MOST_BEHIND } from './profiles/due.ts';

const MOST_IDENTIFIERS = 100;
const MOST_LINKED = 50;

interface ProfileRow {
  readonly findings: PlayerRiskProfile['findings'] | null;
  readonly listed: PlayerRiskProfile['listed'];
  readonly score: number | null;
  readonly band: Band | null;
  readonly policy: number | null;
  readonly assessedAt: Date | null;
  readonly isDue: boolean;
  readonly clusterId: string | null;
  readonly clusterPlayers: number | null;
}

export const noPlayer = (externalId: string) => refuse('not_found', `There is no player "${externalId}".`);

/** Who is behind an account, as it was worked out last. */
export async function readProfile(
  db: Queryable,
  brandId: string,
  externalId: string,
  inForce: RiskPolicy,
): Promise<Result<PlayerRiskProfile>> {
  const id = playerId(brandId, externalId);
  const [found, identifiers, linked] = await Promise.all([
    findProfile(db, id),
    findIdentifiers(db, id),
    findLinked(db, id),
  ]);
  if (!found) return noPlayer(externalId);
  const { policy } = found;
  const { bands } =
    policy === null || policy === inForce.version ? inForce : await findVersion(db, brandId, policy);
  return ok({
    score: found.score ?? 0,
    band: found.band ?? 'allow',
    listed: found.listed,
    policy,
    bands,
    assessedAt: found.assessedAt?.toISOString() ?? null,
    isDue: found.isDue,
    findings: found.findings ?? [],
    identifiers,
    linked,
    cluster:
      found.clusterId === null || found.clusterPlayers === null
        ? null
        : { id: found.clusterId, players: found.clusterPlayers },
  });
}

async function findProfile(db: Queryable, id: string): Promise<ProfileRow | undefined> {
  const { rows } = await db.query<ProfileRow>(
    `select p.weighed as findings, p.listed, p.score, p.band, p.policy, p.assessed_at as "assessedAt", p.due_at is not null as "isDue",
       c.cluster_id as "clusterId", c.players as "clusterPlayers"
     from players u
     left join risk_profiles p on p.player_id = u.player_id
     left join risk_clusters c on c.brand_id = p.brand_id and c.cluster_id = p.cluster_id
     where u.player_id = $1`,
    [id],
  );
  return rows[0];
}

async function findIdentifiers(db: Queryable, id: string): Promise<LinkedIdentifier[]> {
  const { rows } = await db.query<
    Omit<LinkedIdentifier, 'firstSeenAt' | 'lastSeenAt'> & { firstSeenAt: Date; lastSeenAt: Date }
  >(
    `select i.identifier_key as id, i.kind, i.hint, i.players, l.first_seen_at as "firstSeenAt", l.last_seen_at as "lastSeenAt"
     from risk_links l join risk_identifiers i on i.identifier_key = l.identifier_key
     where l.player_id = $1 and l.removed_at is null order by l.last_seen_at desc, id limit ${MOST_IDENTIFIERS}`,
    [id],
  );
  return rows.map(({ firstSeenAt, lastSeenAt, ...row }) => ({
    ...row,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  }));
}

async function findLinked(db: Queryable, id: string): Promise<PlayerRiskProfile['linked']> {
  const { rows } = await db.query<PlayerRiskProfile['linked'][number]>(
    `select u.external_id as player, found.kinds, coalesce(p.score, 0) as score, coalesce(p.band, 'allow') as band
     from (
       select other.player_id, array_agg(distinct own.kind order by own.kind) as kinds
       from risk_links own
       join risk_identifiers i on i.identifier_key = own.identifier_key and i.players between 2 and ${MOST_BEHIND}
       join risk_links other on other.identifier_key = own.identifier_key and other.player_id <> own.player_id
         and other.removed_at is null
       where own.player_id = $1 and own.removed_at is null group by other.player_id
     ) found
     join players u on u.player_id = found.player_id
     left join risk_profiles p on p.player_id = found.player_id
     order by score desc, player limit ${MOST_LINKED}`,
    [id],
  );
  return rows;
}

interface ClusterRow extends Omit<RiskCluster, 'band' | 'changedAt'> {
  readonly changedAt: Date;
}

const ClusterCursor = z.tuple([z.string().regex(/^\d{1,9}$/), z.uuid()]);

/** Clusters of a brand, the largest first. */
export async function listClusters(
  db: Queryable,
  brandId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  { bands }: RiskPolicy,
): Promise<Result<{ items: RiskCluster[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, ClusterCursor);
  if (!after.ok) return after;
  const [players, id] = after.value ?? [null, null];
  const { rows } = await db.query<ClusterRow>(
    `select c.cluster_id as id, c.players, c.changed_at as "changedAt", worst.score, worst.some
     from (
       select * from risk_clusters
       where brand_id = $1 and ($2::int is null or (players, cluster_id) < ($2::int, $3::uuid))
       order by players desc, cluster_id desc limit $4
     ) c
     cross join lateral (
       select coalesce(max(score), 0) as score, coalesce(array_agg(name order by score desc, name), '{}') as some from (
         select p.score, u.external_id as name from risk_profiles p join players u on u.player_id = p.player_id
         where p.cluster_id = c.cluster_id order by p.score desc, name limit 5
       ) members
     ) worst
     order by c.players desc, c.cluster_id desc`,
    [brandId, players, id, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      (row) => [String(row.players), row.id],
      ({ changedAt, ...row }) => ({
        ...row,
        band: bandOf(row.score, bands),
        changedAt: changedAt.toISOString(),
      }),
    ),
  );
}
