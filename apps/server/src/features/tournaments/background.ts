import type { Actor } from '@promosmith/contract';
import { texts, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import { endGrants, type GrantKey } from '../bonuses/index.ts';
import { closeEnded, findEnded, giveSeatsBack, markReturned } from './store.ts';

const AT_ONCE = 500;
const TICKETS: Actor = { kind: 'system', id: 'tickets' };

interface TicketKey {
  readonly playerId: string;
  readonly ticketId: string;
}

/** What an event tells of a ticket. */
interface About {
  brandId: string;
  ticketId: string;
  tournament: string;
  grantId: string;
  player: string;
  now: Date;
}

const ABOUT = `t.brand_id as "brandId", t.ticket_id as "ticketId", t.tournament_key as tournament,
  t.grant_id as "grantId", p.external_id as player, now() as now`;

const nameOf = ({ ticketId }: TicketKey): string => ticketId;

/** Tells of tickets that were issued with bonuses, each once. @returns whether there may be more. */
export const announceTickets = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<TicketKey>(aside, {
    nameOf,
    async find(names) {
      const { rows } = await db.query<TicketKey>(
        `select player_id as "playerId", ticket_id as "ticketId" from tickets
         where not announced and ticket_id <> all($1::uuid[]) order by ticket_id limit ${AT_ONCE}`,
        [names],
      );
      return rows;
    },
    work: (tickets) =>
      db.transaction(async (tx) => {
        const { rows } = await tx.query<About>(
          `update tickets t set announced = true
           from (select player_id, ticket_id from tickets
                 where player_id = any($1::uuid[]) and ticket_id = any($2::uuid[]) and not announced
                 order by ticket_id for update skip locked) due, players p
           where t.ticket_id = due.ticket_id and t.player_id = due.player_id and p.player_id = due.player_id
           returning ${ABOUT}`,
          [uuids(tickets.map(({ playerId }) => playerId)), uuids(tickets.map(({ ticketId }) => ticketId))],
        );
        await publishByBrand(tx, rows, (row) => ({
          type: 'ticket.issued',
          subject: `ticket/${row.ticketId}`,
          data: aboutTicket(row),
        }));
        return rows.length;
      }),
  });

interface Use extends TicketKey {
  readonly reference: string;
}

/**
 * Gives the tickets of cancelled tournaments back, some at a time: each is good again for as long as it was when it was
 * used. @returns whether there may be more.
 */
export async function returnTickets(db: Database, aside: SetAside): Promise<boolean> {
  const more = await doDue<Use>(aside, {
    nameOf,
    async find(names) {
      const { rows } = await db.query<Use>(
        `select u.player_id as "playerId", u.ticket_id as "ticketId", u.reference
         from tournaments t join ticket_uses u on u.tournament_id = t.tournament_id and u.returned_at is null
         where t.status = 'cancelled' and t.returned_at is null and u.ticket_id <> all($1::uuid[])
         order by u.tournament_id, u.ticket_id limit ${AT_ONCE}`,
        [names],
      );
      return rows;
    },
    work: (uses) => db.transaction((tx) => returnSome(tx, uses)),
  });
  if (!more) await markReturned(db);
  return more;
}

async function returnSome(tx: Queryable, uses: readonly Use[]): Promise<number> {
  const { rows } = await tx.query<About & { tournamentId: string }>(
    `with returned as (
       update ticket_uses u set returned_at = now()
       from (select player_id, ticket_id, reference
             from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (player_id, ticket_id, reference)
             join ticket_uses using (player_id, ticket_id, reference)
             where returned_at is null order by ticket_id for update of ticket_uses skip locked) due
       where u.player_id = due.player_id and u.ticket_id = due.ticket_id and u.reference = due.reference
       returning u.player_id, u.ticket_id, u.tournament_id, u.used_at
     )
     update tickets t set valid_until = now() + (coalesce(t.valid_until, g.expires_at) - returned.used_at)
     from returned, grants g, players p
     where t.player_id = returned.player_id and t.ticket_id = returned.ticket_id
       and g.player_id = t.player_id and g.grant_id = t.grant_id and p.player_id = t.player_id
     returning returned.tournament_id as "tournamentId", ${ABOUT}`,
    [
      uuids(uses.map(({ playerId }) => playerId)),
      uuids(uses.map(({ ticketId }) => ticketId)),
      texts(uses.map(({ reference }) => reference)),
    ],
  );
  await publishByBrand(tx, rows, (row) => ({
    type: 'ticket.returned',
    subject: `ticket/${row.ticketId}`,
    data: { ...aboutTicket(row), tournamentId: row.tournamentId },
  }));
  await giveSeatsBack(
    tx,
    rows.map(({ tournamentId }) => tournamentId),
  );
  return rows.length;
}

interface Entry extends GrantKey {
  readonly player: string;
}

/** Closes tournaments whose end has come. @returns whether there may be more. */
export const closeTournaments = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<string>(aside, {
    find: (names) => findEnded(db, { aside: names }),
    nameOf: (tournamentId) => tournamentId,
    work: (tournamentIds) => closeEnded(db, tournamentIds),
  });

/** Ends the bonuses whose time for using their seats is over, each once. @returns whether there may be more. */
export const expireEntries = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<Entry>(aside, {
    nameOf: ({ grantId }) => grantId,
    async find(names) {
      const { rows } = await db.query<Entry>(
        `select g.player_id as "playerId", g.grant_id as "grantId", p.external_id as player
         from grants g join players p on p.player_id = g.player_id
         where g.kind = 'tournament_entry' and g.status = 'active' and g.expires_at <= now()
           and g.grant_id <> all($1::uuid[])
         order by g.expires_at limit ${AT_ONCE}`,
        [names],
      );
      return rows;
    },
    work: (entries) =>
      db.transaction(async (tx) => {
        const ended = await endGrants(tx, entries, { as: 'expired', from: ['active'] });
        const players = new Map(entries.map(({ grantId, player }) => [grantId, player]));
        const told = ended.map((grant) => ({ ...grant, now: grant.endedAt }));
        await publishByBrand(tx, told, ({ grantId, campaignId }) => ({
          type: 'bonus.expired',
          subject: `grant/${grantId}`,
          data: { grantId, kind: 'tournament_entry', campaignId, player: players.get(grantId) },
        }));
        return ended.length;
      }),
  });

const aboutTicket = ({ ticketId, tournament, grantId, player }: About) => ({
  ticketId,
  tournament,
  grantId,
  player,
});

async function publishByBrand<Row extends { brandId: string; now: Date }>(
  tx: Queryable,
  rows: readonly Row[],
  eventOf: (row: Row) => NewEvent,
): Promise<void> {
  for (const [brandId, ofBrand] of Map.groupBy(rows, ({ brandId }) => brandId)) {
    const time = ofBrand[0]?.now.toISOString() ?? '';
    await publish(tx, { brandId, actor: TICKETS, correlationId: newId(), time }, ofBrand.map(eventOf));
  }
}
