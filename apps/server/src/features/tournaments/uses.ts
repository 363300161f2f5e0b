import type { Ticket, TicketStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { publish } from '../../platform/outbox.ts';
import { findOpen, findTournament, takeSeat } from './store.ts';
import { completeUsedUp, findUse, type HeldTicket, holdTicket, insertUse } from './ticket-store.ts';
import { findTicket } from './ticket-views.ts';

export interface Uses {
  /**
   * Takes a seat for a ticket in the open tournament of its key, exactly once.
   * @param reference the platform's own id of the entry: again, it is answered the same.
   */
  use(context: RequestContext, ticketId: string, reference: string): Promise<Result<Ticket>>;
}

export function createUses(db: Database): Uses {
  return {
    use: (context, ticketId, reference) =>
      db.transaction(async (tx): Promise<Result<Ticket>> => {
        const { brandId } = context.caller;
        const ticket = await holdTicket(tx, brandId, ticketId);
        if (!ticket) return refuse('not_found', 'There is no such ticket.');
        const before = await findUse(tx, ticket.playerId, ticketId, reference);
        if (before?.returned) return returnedSince(reference);
        if (before) return ok(await viewOf(tx, brandId, ticketId));
        if (ticket.status !== 'issued') return refuse(`ticket_${ticket.status}`, WHY_NOT[ticket.status]);
        if (ticket.excluded) return refuse('self_excluded', 'The player has excluded themselves.');
        const tournamentId = await findOpen(tx, brandId, ticket.tournamentKey);
        if (!tournamentId) return notOpen(ticket);

        await insertUse(tx, { playerId: ticket.playerId, ticketId, reference, tournamentId });
        await completeUsedUp(tx, ticket.playerId, ticket.grantId);
        await record(tx, context, ticket, { ticketId, tournamentId, reference });
        const used = await viewOf(tx, brandId, ticketId);
        return (await takeSeat(tx, tournamentId)) ? ok(used) : noSeat(tx, brandId, tournamentId, ticket);
      }),
  };
}

const WHY_NOT: Readonly<Record<Exclude<TicketStatus, 'issued'>, string>> = {
  used: 'The ticket is used.',
  voided: 'The bonus of the ticket was cancelled.',
  expired: 'The ticket has expired.',
};

const returnedSince = (reference: string) =>
  refuse(
    'ticket_returned',
    `The entry "${reference}" was cancelled with its tournament; the ticket was given back.`,
    [{ field: 'reference', reason: 'names an entry of a cancelled tournament', fix: 'use a new one' }],
  );

const notOpen = ({ tournamentKey }: HeldTicket) =>
  refuse('tournament_not_open', `No tournament "${tournamentKey}" is open.`);

async function noSeat(tx: Queryable, brandId: string, tournamentId: string, ticket: HeldTicket) {
  const tournament = await findTournament(tx, brandId, tournamentId);
  const isFull = tournament?.status === 'open' && tournament.seatsTaken === tournament.seats;
  return isFull ? refuse('tournament_full', 'Every seat of the tournament is taken.') : notOpen(ticket);
}

async function viewOf(tx: Queryable, brandId: string, ticketId: string): Promise<Ticket> {
  const ticket = await findTicket(tx, brandId, ticketId);
  if (!ticket) throw new Error(`ticket ${ticketId} vanished under its lock`);
  return ticket;
}

/** The platform's own entries are told by their event, as activations are; a person's are audited as well. */
async function record(
  tx: Queryable,
  { caller, requestId }: RequestContext,
  { player, grantId, tournamentKey, now }: HeldTicket,
  use: { ticketId: string; tournamentId: string; reference: string },
): Promise<void> {
  const { brandId, actor } = caller;
  const { ticketId } = use;
  if (actor.kind === 'staff')
    await audit(tx, {
      brandId,
      actor,
      requestId,
      action: 'ticket.used',
      targetKind: 'ticket',
      targetId: ticketId,
      after: use,
    });
  const origin = { brandId, actor, correlationId: requestId, time: now.toISOString() };
  const data = { ...use, tournament: tournamentKey, grantId, player };
  await publish(tx, origin, [{ type: 'ticket.used', subject: `ticket/${ticketId}`, data }]);
}
