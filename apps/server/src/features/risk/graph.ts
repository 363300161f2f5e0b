import { type LinkGraph, MOST_LINK_NODES } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { Band } from '@promosmith/core/risk';
import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { IdentifierKind } from './identifiers/normalise.ts';
import { isPersonal } from './linking/links.ts';
import { MOST_BEHIND } from './profiles/due.ts';
import { noPlayer } from './views.ts';

/** An account linked by an identifier. */
interface Link {
  readonly playerId: string;
  readonly key: string;
  readonly kind: IdentifierKind;
  readonly hint: string;
  readonly players: number;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

interface Member {
  readonly id: string;
  readonly label: string;
  readonly score: number;
  readonly band: Band;
  readonly clusterId: string | null;
}

/** Nodes and edges found so far. */
interface Walk {
  readonly nodes: Set<string>;
  readonly links: Map<string, Link>;
  isCut: boolean;
}

/**
 * Adds what there is room for.
 * @param newNode which end of a link may be new; its other end is in the graph, or the link is left out.
 * @returns links to nodes that were not there before, one for each.
 */
function add(walk: Walk, links: readonly Link[], newNode: 'key' | 'playerId'): Link[] {
  const added: Link[] = [];
  for (const link of links) {
    const node = link[newNode];
    if (!walk.nodes.has(node)) {
      if (walk.nodes.size === MOST_LINK_NODES) {
        walk.isCut = true;
        continue;
      }
      walk.nodes.add(node);
      added.push(link);
    }
    if (walk.nodes.has(link.key) && walk.nodes.has(link.playerId))
      walk.links.set(`${link.key} ${link.playerId}`, link);
  }
  return added;
}

/** Walks from account to account, all of a step at once, as far as asked or as there is room for. */
export async function readGraph(
  db: Queryable,
  brandId: string,
  { player, depth }: { readonly player: string; readonly depth: number },
): Promise<Result<LinkGraph>> {
  const start = playerId(brandId, player);
  if ((await findMembers(db, [start])).length === 0) return noPlayer(player);
  const walk: Walk = { nodes: new Set([start]), links: new Map(), isCut: false };
  let players = [start];
  for (let step = 0; step < depth && players.length > 0; step++) {
    const identifiers = add(walk, await findLinks(db, { playerIds: players }), 'key');
    const followed = identifiers.filter((link) => link.players > 1 && link.players <= MOST_BEHIND);
    const others = await findLinks(db, { keys: followed.map(({ key }) => key) });
    players = add(walk, others, 'playerId').map((link) => link.playerId);
  }
  const members = await findMembers(db, [...walk.nodes]);
  return ok(graphOf(members, [...walk.links.values()], walk.isCut));
}

function graphOf(members: readonly Member[], links: readonly Link[], isCut: boolean): LinkGraph {
  const identifiers = new Map(links.map((link) => [link.key, link]));
  return {
    nodes: [
      ...members.map((member) => ({ ...member, kind: 'player' as const })),
      ...[...identifiers.values()].map(({ key, kind, hint, players }) => ({
        ...{ id: key, kind, players },
        label: hint,
      })),
    ],
    edges: links.map((link) => ({
      player: link.playerId,
      identifier: link.key,
      isStrong: isPersonal(link),
      firstSeenAt: link.firstSeenAt.toISOString(),
      lastSeenAt: link.lastSeenAt.toISOString(),
    })),
    isCut,
  };
}

/** Of some accounts, or by some identifiers: those that connect most, and were seen last, first; of many, as many as may be needed. */
async function findLinks(
  db: Queryable,
  of: { readonly playerIds: readonly string[] } | { readonly keys: readonly string[] },
): Promise<Link[]> {
  const [column, ids] = 'keys' in of ? ['identifier_key', of.keys] : ['player_id', of.playerIds];
  if (ids.length === 0) return [];
  const { rows } = await db.query<Link>(
    `select l.player_id as "playerId", l.identifier_key as key, i.kind, i.hint, i.players,
       l.first_seen_at as "firstSeenAt", l.last_seen_at as "lastSeenAt"
     from risk_links l join risk_identifiers i on i.identifier_key = l.identifier_key
     where l.${column} = any($1::uuid[]) and l.removed_at is null
     order by i.players > 1 desc, l.last_seen_at desc, l.identifier_key, l.player_id limit ${MOST_LINK_NODES * 4}`,
    [uuids(ids)],
  );
  return rows;
}

/** Of ids, those that are accounts. */
async function findMembers(db: Queryable, ids: readonly string[]): Promise<Member[]> {
  const { rows } = await db.query<Member>(
    `select u.player_id as id, u.external_id as label, coalesce(p.score, 0) as score, coalesce(p.band, 'allow') as band,
       p.cluster_id as "clusterId"
     from players u left join risk_profiles p on p.player_id = u.player_id
     where u.player_id = any($1::uuid[]) order by u.external_id`,
    [uuids(ids)],
  );
  return rows;
}
