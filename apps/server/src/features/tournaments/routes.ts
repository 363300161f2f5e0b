import {
  cancelTournament,
  closeTournament,
  createTournament,
  getTournament,
  listTickets,
  listTournaments,
  updateTournament,
  useTicket,
} from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Origin, TournamentService } from './service.ts';
import { listTicketsOf } from './ticket-views.ts';
import type { Uses } from './uses.ts';
import { listTournamentsOf, viewTournament } from './views.ts';

const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

const originOf = ({ caller: { brandId, actor }, requestId }: RequestContext): Origin => ({
  brandId,
  actor,
  requestId,
});

export function mountTournaments(
  http: HttpServer,
  db: Database,
  tournaments: TournamentService,
  uses: Uses,
): void {
  http.mount(createTournament, async ({ body }, context) =>
    answer(201, await tournaments.create(originOf(context), body)),
  );

  http.mount(listTournaments, async ({ query }, { caller }) =>
    answer(200, await listTournamentsOf(db, caller.brandId, query)),
  );

  http.mount(getTournament, async ({ params }, { caller }) =>
    answer(200, await viewTournament(db, caller.brandId, params.tournamentId)),
  );

  http.mount(updateTournament, async ({ params, body }, context) =>
    answer(200, await tournaments.update(originOf(context), params.tournamentId, body)),
  );

  http.mount(closeTournament, async ({ params }, context) =>
    answer(200, await tournaments.close(originOf(context), params.tournamentId)),
  );

  http.mount(cancelTournament, async ({ params, body }, context) =>
    answer(200, await tournaments.cancel(originOf(context), params.tournamentId, body.reason)),
  );

  http.mount(listTickets, async ({ query }, { caller }) => {
    const { brandId, playerExternalId } = caller;
    if (playerExternalId !== undefined && query.player !== undefined) return namedTwice;
    return answer(
      200,
      await listTicketsOf(db, brandId, { ...query, player: playerExternalId ?? query.player }),
    );
  });

  http.mount(useTicket, async ({ params, body }, context) =>
    answer(200, await uses.use(context, params.ticketId, body.reference)),
  );
}

const namedTwice = refuse('invalid_request', 'query.player: A player token names the player by itself.', [
  { field: 'query.player', reason: 'A player token names the player by itself', fix: 'Leave it out.' },
]);
