import { Id, type listTickets, type RouteInput, type Ticket, type TicketStatus } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { playerId } from '../../platform/ids.ts';
import { COUNTING_USE, EXPIRES_AT, STATUS } from './ticket-store.ts';

interface Row {
  id: string;
  player: string;
  tournament: string;
  grantId: string;
  campaignId: string;
  seat: number;
  status: TicketStatus;
  issuedAt: Date;
  expiresAt: Date | null;
  tournamentId: string | null;
  reference: string | null;
  usedAt: Date | null;
}

const TICKETS = `
  select t.ticket_id as id, p.external_id as player, t.tournament_key as tournament, t.grant_id as "grantId",
    g.campaign_id as "campaignId", t.seat, ${STATUS} as status, t.issued_at as "issuedAt",
    ${EXPIRES_AT} as "expiresAt", u.tournament_id as "tournamentId", u.reference, u.used_at as "usedAt"
  from tickets t
    join grants g on g.player_id = t.player_id and g.grant_id = t.grant_id
    join players p on p.player_id = t.player_id
    left join ticket_uses u on ${COUNTING_USE}`;

const ticketOf = ({ issuedAt, expiresAt, tournamentId, reference, usedAt, ...row }: Row): Ticket => ({
  ...row,
  issuedAt: issuedAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  use:
    tournamentId !== null && reference !== null && usedAt !== null
      ? { tournamentId, reference, usedAt: usedAt.toISOString() }
      : null,
});

export async function findTicket(
  db: Queryable,
  brandId: string,
  ticketId: string,
): Promise<Ticket | undefined> {
  const { rows } = await db.query<Row>(`${TICKETS} where t.ticket_id = $1 and t.brand_id = $2`, [
    ticketId,
    brandId,
  ]);
  return rows[0] && ticketOf(rows[0]);
}

const Cursor = z.tuple([Id]);

/** @param query.player the platform's id, from the token of a player who asks for their own. */
export async function listTicketsOf(
  db: Queryable,
  brandId: string,
  query: RouteInput<typeof listTickets>['query'],
): Promise<Result<{ items: Ticket[]; nextCursor: string | null }>> {
  const after = decodeCursor(query.cursor, Cursor);
  if (!after.ok) return after;
  const filters: [sql: string, value: unknown][] = [
    ['t.player_id = ?', query.player === undefined ? undefined : playerId(brandId, query.player)],
    ['t.tournament_key = ?', query.tournament],
    ['u.tournament_id = ?', query.tournamentId],
    ['t.grant_id = ?', query.grantId],
    [`${STATUS} = ?`, query.status],
    ['t.ticket_id < ?', after.value?.[0]],
  ];
  const values: unknown[] = [brandId];
  const where = filters.flatMap(([sql, value]) =>
    value === undefined ? [] : [sql.replace('?', `$${values.push(value)}`)],
  );
  const { rows } = await db.query<Row>(
    `${TICKETS} where ${['t.brand_id = $1', ...where].join(' and ')}
     order by t.ticket_id desc limit $${values.push(query.limit + 1)}`,
    values,
  );
  return ok(toPage(rows, query.limit, ({ id }) => [id], ticketOf));
}
