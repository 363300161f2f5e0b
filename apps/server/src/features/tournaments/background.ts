import type { Actor } from '@promosmith/contract';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';

const AT_ONCE = 500;
const TICKETS: Actor = { kind: 'system', id: 'tickets' };

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

/** Tells of tickets that were issued with bonuses, each once. @returns whether there may be more. */
export function announceTickets(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<About>(
      `update tickets t set announced = true
       from (select player_id, ticket_id from tickets where not announced
             order by ticket_id limit ${AT_ONCE} for update skip locked) due, players p
       where t.ticket_id = due.ticket_id and t.player_id = due.player_id and p.player_id = due.player_id
       returning ${ABOUT}`,
    );
    await publishByBrand(tx, rows, (row) => ({
      type: 'ticket.issued',
      subject: `ticket/${row.ticketId}`,
      data: aboutTicket(row),
    }));
    return rows.length === AT_ONCE;
  });
}

/**
 * Gives the tickets of a cancelled tournament back, some at a time: each is good again for as long as it was when it
 * was used. @returns whether there may be more.
 */
export function returnTickets(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const cancelled = await tx.query<{ tournamentId: string }>(
      `select tournament_id as "tournamentId" from tournaments where status = 'cancelled' and returned_at is null
       order by tournament_id limit 1 for update skip locked`,
    );
    const tournamentId = cancelled.rows[0]?.tournamentId;
    if (tournamentId === undefined) return false;
    const { rows } = await tx.query<About>(
      `with returned as (
         update ticket_uses u set returned_at = now()
         from (select player_id, ticket_id, reference from ticket_uses
               where tournament_id = $1 and returned_at is null order by ticket_id limit ${AT_ONCE}) due
         where u.player_id = due.player_id and u.ticket_id = due.ticket_id and u.reference = due.reference
           and u.returned_at is null
         returning u.player_id, u.ticket_id, u.used_at
       )
       update tickets t set valid_until = now() + (coalesce(t.valid_until, g.expires_at) - returned.used_at)
       from returned, grants g, players p
       where t.player_id = returned.player_id and t.ticket_id = returned.ticket_id
         and g.player_id = t.player_id and g.grant_id = t.grant_id and p.player_id = t.player_id
       returning ${ABOUT}`,
      [tournamentId],
    );
    await publishByBrand(tx, rows, (row) => ({
      type: 'ticket.returned',
      subject: `ticket/${row.ticketId}`,
      data: { ...aboutTicket(row), tournamentId },
    }));
    const isLast = rows.length < AT_ONCE;
    await tx.query(
      `update tournaments set seats_taken = seats_taken - $2, returned_at = case when $3 then now() end
       where tournament_id = $1`,
      [tournamentId, rows.length, isLast],
    );
    return true;
  });
}

/** Ends the bonuses whose time for using their seats is over, each once. @returns whether there may be more. */
export function expireEntries(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<Omit<About, 'ticketId' | 'tournament'> & { campaignId: string }>(
      `update grants g set status = 'expired', changed_at = now()
       from (select player_id, grant_id from grants
             where kind = 'tournament_entry' and status = 'active' and expires_at <= now()
             order by grant_id limit ${AT_ONCE} for update skip locked) due, players p
       where g.grant_id = due.grant_id and g.player_id = due.player_id and p.player_id = due.player_id
         and g.status = 'active'
       returning g.brand_id as "brandId", g.grant_id as "grantId", g.campaign_id as "campaignId",
         p.external_id as player, now() as now`,
    );
    await publishByBrand(tx, rows, ({ grantId, campaignId, player }) => ({
      type: 'bonus.expired',
      subject: `grant/${grantId}`,
      data: { grantId, kind: 'tournament_entry', campaignId, player },
    }));
    return rows.length === AT_ONCE;
  });
}

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
