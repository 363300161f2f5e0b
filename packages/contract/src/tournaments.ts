import { z } from 'zod';
import { Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

/** What rewards name a tournament or a prize draw by. */
export const PrizeKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,127}$/, 'lower-case letters, digits, dots, dashes, such as slot-race');

const Name = z.string().trim().min(1).max(200);
const Seats = z.int().min(1).max(1_000_000_000);

export const Tournament = z.object({
  id: Id,
  key: z.string().describe('As rewards name it; one tournament of a key is open at a time'),
  name: z.string(),
  status: z
    .enum(['open', 'closed', 'cancelled'])
    .describe(
      '`open`: tickets can be used; `closed`: by hand or at `endsAt`; `cancelled`: tickets were given back',
    ),
  startsAt: Instant.nullable(),
  endsAt: Instant.describe('Tickets can be used before it'),
  seats: Seats.nullable().describe('null: as many as there are tickets'),
  seatsTaken: z.int(),
  cancelReason: z.string().nullable(),
  createdBy: Actor,
  createdAt: Instant,
  updatedAt: Instant,
});
export type Tournament = z.infer<typeof Tournament>;

export const TicketStatus = z.enum(['issued', 'used', 'voided', 'expired']);
export type TicketStatus = z.infer<typeof TicketStatus>;

/** One seat of a bonus of kind `tournament_entry`. */
export const Ticket = z.object({
  id: Id,
  player: z.string().describe("The platform's own id of the player"),
  tournament: z.string().describe('Key of the tournaments it is good for'),
  grantId: Id,
  campaignId: Id,
  seat: z.int().describe('Which seat of its bonus, from 1'),
  status: TicketStatus.describe('`voided`: its bonus was cancelled before it was used'),
  issuedAt: Instant,
  expiresAt: Instant.nullable().describe(
    'Of the bonus. One given back has the time it had left when it was used',
  ),
  use: z
    .object({ tournamentId: Id, reference: z.string(), usedAt: Instant })
    .nullable()
    .describe('null unless it is used'),
});
export type Ticket = z.infer<typeof Ticket>;

const tag = 'Tournaments';
const ofTournament = { tag, params: z.strictObject({ tournamentId: Id }), problems: [404] } as const;

export const createTournament = defineRoute({
  id: 'createTournament',
  method: 'POST',
  path: '/v1/tournaments',
  tag,
  summary: 'Open a tournament that tickets of its key are good for',
  access: { permission: 'tournaments:write' },
  body: z.strictObject({
    key: PrizeKey,
    name: Name,
    startsAt: Instant.nullable()
      .default(null)
      .describe('When it begins, for people to see: tickets are taken at once'),
    endsAt: Instant.describe('No ticket is taken from then on'),
    seats: Seats.nullable().default(null).describe('null: as many as there are tickets'),
  }),
  success: { 201: Tournament },
  problems: [409],
});

export const listTournaments = defineRoute({
  id: 'listTournaments',
  method: 'GET',
  path: '/v1/tournaments',
  tag,
  summary: 'Tournaments, newest first',
  access: { permission: 'tournaments:read' },
  query: z.strictObject({
    ...pageQuery,
    key: PrizeKey.optional(),
    status: Tournament.shape.status.optional(),
  }),
  success: { 200: pageOf(Tournament) },
});

export const getTournament = defineRoute({
  ...ofTournament,
  id: 'getTournament',
  method: 'GET',
  path: '/v1/tournaments/:tournamentId',
  summary: 'One tournament',
  access: { permission: 'tournaments:read' },
  success: { 200: Tournament },
});

export const updateTournament = defineRoute({
  ...ofTournament,
  id: 'updateTournament',
  method: 'PATCH',
  path: '/v1/tournaments/:tournamentId',
  summary: 'Change a tournament that is open',
  description: 'What is left out stays. The key is for good: rewards and tickets name it.',
  access: { permission: 'tournaments:write' },
  body: z.strictObject({
    name: Name.optional(),
    startsAt: Instant.nullable().optional(),
    endsAt: Instant.optional().describe('Still to come'),
    seats: Seats.nullable()
      .optional()
      .describe('No fewer than are taken; null: as many as there are tickets'),
  }),
  success: { 200: Tournament },
});

export const closeTournament = defineRoute({
  ...ofTournament,
  id: 'closeTournament',
  method: 'POST',
  path: '/v1/tournaments/:tournamentId/close',
  summary: 'Take no more tickets',
  access: { permission: 'tournaments:write' },
  success: { 200: Tournament },
});

export const cancelTournament = defineRoute({
  ...ofTournament,
  id: 'cancelTournament',
  method: 'POST',
  path: '/v1/tournaments/:tournamentId/cancel',
  summary: 'Cancel a tournament and give its tickets back',
  description:
    'Tickets are given back in the background, each with a `ticket.returned`: they are good for the next tournament ' +
    'of the key, for as long as they were when they were used.',
  access: { permission: 'tournaments:write' },
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  success: { 200: Tournament },
});

export const listTickets = defineRoute({
  id: 'listTickets',
  method: 'GET',
  path: '/v1/tickets',
  tag,
  summary: 'Tickets, newest first',
  description: 'With a player token, the tickets of that player: then `player` must be left out.',
  access: { permission: 'tournaments:read', player: true },
  query: z.strictObject({
    ...pageQuery,
    player: PlayerExternalId.optional(),
    tournament: PrizeKey.optional().describe('Key of the tournament'),
    tournamentId: Id.optional().describe('Used in this one'),
    grantId: Id.optional(),
    status: TicketStatus.optional(),
  }),
  success: { 200: pageOf(Ticket) },
});

export const useTicket = defineRoute({
  id: 'useTicket',
  method: 'POST',
  path: '/v1/tickets/:ticketId/use',
  tag,
  summary: 'Take a seat for a ticket',
  description:
    'In the tournament of its key that is open. A ticket is used once: the same `reference` again is answered the ' +
    'same, another is refused as `ticket_used`.',
  access: { permission: 'tickets:use' },
  params: z.strictObject({ ticketId: Id }),
  body: z.strictObject({
    reference: z.string().min(1).max(128).describe('Your own id of the entry'),
  }),
  success: { 200: Ticket },
  problems: [404, 409],
});
