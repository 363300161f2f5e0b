import type { ShownMessage } from '@promosmith/contract';
import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { consented } from '../messages/eligibility.ts';

/** A message of the widget's, and where it is in the order of changes. */
export interface ShownRow {
  readonly playerId: string;
  readonly message: ShownMessage;
  /** Microseconds since 1970. */
  readonly changed: number;
  /** false: it is to be taken off the screen. */
  readonly visible: boolean;
}

interface Row {
  playerId: string;
  id: string;
  channel: ShownMessage['channel'];
  state: string;
  rendered: ShownMessage['content'];
  sentAt: Date;
  expiresAt: Date;
  changed: number;
  visible: boolean;
}

/** A popup goes once it was clicked or dismissed; an inbox message that was clicked stays. Nobody excluded sees any. */
const VISIBLE = `m.expires_at > now() and m.state in ('sent', 'shown', 'clicked')
  and (m.channel = 'inbox' or m.state <> 'clicked')
  and coalesce(p.self_excluded_until <= now(), true) and ${consented('p', 'm.product', 'm.channel')}`;

const COLUMNS = `m.player_id as "playerId", m.message_id as id, m.channel, m.state, m.rendered, m.sent_at as "sentAt",
  m.expires_at as "expiresAt", (extract(epoch from m.changed_at) * 1000000)::bigint as changed`;

const OF_WIDGET = `m.channel in ('popup', 'inbox') and m.rendered is not null`;

const MOST_OF_A_PLAYER = 200;

const rowOf = ({ playerId, changed, visible, ...row }: Row): ShownRow => ({
  ...{ playerId, changed, visible },
  message: {
    id: row.id,
    channel: row.channel,
    state: row.state as ShownMessage['state'],
    content: row.rendered,
    sentAt: row.sentAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  },
});

/** What a player may see now, oldest first; and how far the order of changes has come. */
export async function findVisible(
  db: Queryable,
  playerId: string,
): Promise<{ rows: ShownRow[]; cursor: number }> {
  const { rows } = await db.query<Row>(
    `select * from (
       select ${COLUMNS}, true as visible from messages as m join players as p using (player_id)
       where m.player_id = $1 and ${OF_WIDGET} and ${VISIBLE}
       order by m.sent_at desc, m.message_id desc limit ${MOST_OF_A_PLAYER}
     ) as newest order by "sentAt", id`,
    [playerId],
  );
  const { rows: heads } = await db.query<{ cursor: number | null }>(
    `select (extract(epoch from max(changed_at)) * 1000000)::bigint as cursor from messages where player_id = $1`,
    [playerId],
  );
  return { rows: rows.map(rowOf), cursor: heads[0]?.cursor ?? 0 };
}

/**
 * What changed for players, each behind a place of their own, oldest change first.
 * @param behind microseconds since 1970, by player.
 */
export async function findChanged(db: Queryable, behind: ReadonlyMap<string, number>): Promise<ShownRow[]> {
  if (behind.size === 0) return [];
  const players = [...behind.keys()];
  const { rows } = await db.query<Row>(
    `select ${COLUMNS}, ${VISIBLE} as visible
     from unnest($1::uuid[], $2::bigint[]) as asked (player_id, behind)
     cross join lateral (
       select * from messages as own
       where own.player_id = asked.player_id and own.player_id = any($1::uuid[])
         and own.changed_at > timestamptz 'epoch' + asked.behind * interval '1 microsecond'
       order by own.changed_at desc limit ${MOST_OF_A_PLAYER}
     ) as m
     join players as p on p.player_id = m.player_id
     where ${OF_WIDGET}
     order by m.changed_at`,
    [uuids(players), players.map((player) => behind.get(player))],
  );
  return rows.map(rowOf);
}
