import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { activate, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import type { TestApp, TestRequest, TestResponse } from '../../testing/test-app.ts';

/** For what happens in the background, on a machine that has other things to do as well. */
export const eventually = <T>(look: () => Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 20_000 });

const LATER = '2999-01-01T00:00:00Z';
export const newKey = () => `t-${randomUUID()}`;

export type TournamentActions = ReturnType<typeof tournamentActions>;
export type Seated = Awaited<ReturnType<TournamentActions['seated']>>;

/** What tests do with tournaments and tickets of an app. */
export function tournamentActions(app: TestApp) {
  const open = (more: object = {}, options: TestRequest = {}): Promise<TestResponse> =>
    app.request('POST', '/v1/tournaments', {
      body: { key: newKey(), name: 'Slot race', endsAt: LATER, ...more },
      ...options,
    });

  /** A code whose bonus has tickets for tournaments of the key. */
  const offerOf = (tournament: string, seats = 1) =>
    createOffer(app, { definition: { rewards: [{ kind: 'tournament_entry', tournament, seats }] } });

  const ticketsOf = async (query: string, options?: TestRequest): Promise<TestResponse['body'][]> =>
    (await app.request('GET', `/v1/tickets?${query}`, options)).body.items;

  return {
    open,
    offerOf,
    ticketsOf,

    use: (ticketId: string, reference: string = randomUUID(), options: TestRequest = {}) =>
      app.request('POST', `/v1/tickets/${ticketId}/use`, { body: { reference }, ...options }),

    /** A player with a bonus of tickets for an open tournament. */
    async seated({ seats = 1 } = {}) {
      const { body } = await open();
      const offer = await offerOf(body.key, seats);
      const player = `p-${randomUUID()}`;
      const activated = await activate(app, offer.code, player);
      expect(activated.status).toBe(201);
      const tickets = await ticketsOf(`player=${player}`);
      return {
        tournament: body,
        ...offer,
        player,
        activationId: activated.body.id as string,
        grantId: activated.body.grants[0].id as string,
        tickets,
        ticketId: tickets[0].id as string,
      };
    },

    statusOf: async (ticketId: string, player: string): Promise<string> =>
      (await ticketsOf(`player=${player}`)).find(({ id }) => id === ticketId).status,

    grantStatus: async (player: string): Promise<string> => (await grantsOf(app, player))[0].status,

    makeDue: (grantId: string) =>
      app.db.query(`update grants set expires_at = now() - interval '1 second' where grant_id = $1`, [
        grantId,
      ]),

    /** Uses of tickets for it that count. */
    async usesOf(tournamentId: string): Promise<number> {
      const { rows } = await app.db.query<{ count: number }>(
        'select count(*) as count from ticket_uses where tournament_id = $1 and returned_at is null',
        [tournamentId],
      );
      return rows[0]?.count ?? 0;
    },

    /** The data of the events of a type that name the bonus, in order. */
    async eventsAbout(type: string, grantId: string): Promise<TestResponse['body'][]> {
      const { rows } = await app.db.query<{ data: TestResponse['body'] }>(
        `select e.value->'data' as data from outbox, json_array_elements(events->'events') with ordinality e
         where e.value->>'type' = $1 and e.value->'data'->>'grantId' = $2 order by batch_id, e.ordinality`,
        [type, grantId],
      );
      return rows.map(({ data }) => data);
    },
  };
}
