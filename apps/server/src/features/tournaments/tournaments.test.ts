import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { activate, deposit, eventsOf, grantsOf, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest, type TestResponse } from '../../testing/test-app.ts';
import { validCampaign } from '../campaigns/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** For what happens in the background, on a machine that has other things to do as well. */
const eventually = <T>(look: () => Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 20_000 });

const LATER = '2999-01-01T00:00:00Z';
const newKey = () => `t-${randomUUID()}`;

const open = (more: object = {}, options: TestRequest = {}): Promise<TestResponse> =>
  app.request('POST', '/v1/tournaments', {
    body: { key: newKey(), name: 'Slot race', endsAt: LATER, ...more },
    ...options,
  });

/** A code whose bonus has tickets for tournaments of the key. */
const offerOf = (tournament: string, seats = 1, more: object = {}) =>
  createOffer(app, { definition: { rewards: [{ kind: 'tournament_entry', tournament, seats, ...more }] } });

const ticketsOf = async (query: string, options?: TestRequest): Promise<TestResponse['body'][]> =>
  (await app.request('GET', `/v1/tickets?${query}`, options)).body.items;

const use = (ticketId: string, reference: string = randomUUID(), options: TestRequest = {}) =>
  app.request('POST', `/v1/tickets/${ticketId}/use`, { body: { reference }, ...options });

/** A player with a bonus of tickets for an open tournament. */
async function seated({ seats = 1, tournament = {} as object } = {}) {
  const { body } = await open(tournament);
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
}

const statusOf = async (ticketId: string, player: string): Promise<string> =>
  (await ticketsOf(`player=${player}`)).find(({ id }) => id === ticketId).status;

const grantStatus = async (player: string): Promise<string> => (await grantsOf(app, player))[0].status;

const makeDue = (grantId: string) =>
  app.db.query(`update grants set expires_at = now() - interval '1 second' where grant_id = $1`, [grantId]);

describe('tournaments', () => {
  it('are opened, shown, listed and closed', async () => {
    const key = newKey();
    const created = await open({ key, startsAt: '2998-01-01T00:00:00Z', seats: 10 });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      key,
      name: 'Slot race',
      status: 'open',
      startsAt: '2998-01-01T00:00:00.000Z',
      endsAt: '2999-01-01T00:00:00.000Z',
      seats: 10,
      seatsTaken: 0,
      cancelReason: null,
    });
    const path = `/v1/tournaments/${created.body.id}`;
    expect((await app.request('GET', path)).body).toEqual(created.body);
    const list = await app.request('GET', `/v1/tournaments?key=${key}&status=open`);
    expect(list.body.items).toEqual([created.body]);

    expect((await app.request('POST', `${path}/close`)).body.status).toBe('closed');
    expect(await app.request('POST', `${path}/close`)).toMatchObject({
      status: 422,
      body: { key: 'state_move_not_allowed' },
    });
    expect((await app.request('GET', `/v1/tournaments?key=${key}&status=open`)).body.items).toEqual([]);
    const { rows } = await app.db.query(
      `select action from audit_log where target_id = $1 order by entry_id`,
      [created.body.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(['tournament.created', 'tournament.closed']);
  });

  it('of one key are open one at a time', async () => {
    const key = newKey();
    const both = await Promise.all([open({ key }), open({ key })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('close at their end, and the next of the key can be opened at once', async () => {
    const key = newKey();
    const { body } = await open({ key });
    await app.db.query('update tournaments set ends_at = now() where tournament_id = $1', [body.id]);
    expect((await open({ key })).status).toBe(201);
    await eventually(async () => {
      const { rows } = await app.db.query(
        `select 1 from tournaments where status = 'open' and ends_at <= now()`,
      );
      expect(rows).toEqual([]);
    });
  });

  test.each([
    [{ key: 'No spaces' }, 'key'],
    [{ endsAt: '2020-01-01T00:00:00Z', startsAt: '2021-01-01T00:00:00Z' }, 'endsAt'],
    [{ endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
    [{ seats: 0 }, 'seats'],
    [{ name: ' ' }, 'name'],
  ])('%o is refused by its field', async (change, field) => {
    const { status, body } = await open(change);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it('of another brand are not found', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { tournament, ticketId } = await seated();
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`, { key })).status).toBe(404);
    expect((await app.request('POST', `/v1/tournaments/${tournament.id}/close`, { key })).status).toBe(404);
    expect((await use(ticketId, 'x', { key })).status).toBe(404);
    expect((await app.request('GET', '/v1/tickets', { key })).body.items).toEqual([]);
  });

  it('must be open before a campaign with seats in them runs', async () => {
    const tournament = newKey();
    const rewards = [{ kind: 'tournament_entry' as const, tournament }];
    const { body: campaign } = await app.request('POST', '/v1/campaigns', {
      body: validCampaign({ rewards }),
    });
    const submit = () => app.request('POST', `/v1/campaigns/${campaign.id}/submit`, { body: {} });
    expect(await submit()).toMatchObject({
      status: 422,
      body: { key: 'campaign_not_ready', errors: [{ field: 'rewards.0.tournament' }] },
    });
    await open({ key: tournament });
    expect((await submit()).status).toBe(200);
  });
});

describe('tickets', () => {
  it('are issued with the bonus, one for each seat, and each is told of once', async () => {
    const { player, tickets, grantId, campaignId, tournament } = await seated({ seats: 3 });
    expect(tickets).toHaveLength(3);
    expect(tickets.at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      player,
      tournament: tournament.key,
      grantId,
      campaignId,
      seat: expect.any(Number),
      status: 'issued',
      issuedAt: expect.any(String),
      expiresAt: expect.any(String),
      use: null,
    });
    expect(tickets.map(({ seat }) => seat).sort()).toEqual([1, 2, 3]);
    const told = () => ticketEvents('ticket.issued', grantId);
    await eventually(async () => expect(await told()).toHaveLength(3));
    expect((await told()).map(({ ticketId }) => ticketId).sort()).toEqual(tickets.map(({ id }) => id).sort());
  });

  it('come with the deposit when the offer waits for one', async () => {
    const { body } = await open();
    const { code } = await createOffer(app, {
      definition: {
        rewards: [
          {
            kind: 'deposit',
            matchBps: 10_000,
            cap: { EUR: 1_000 },
            minDeposit: { EUR: 100 },
            wagering: { multiplier: 100 },
          },
          { kind: 'tournament_entry', tournament: body.key, seats: 2 },
        ],
      },
    });
    const player = `p-${randomUUID()}`;
    await activate(app, code, player);
    expect(await ticketsOf(`player=${player}`)).toEqual([]);
    await deposit(app, player, { amount: 1_000 });
    expect(await ticketsOf(`player=${player}`)).toHaveLength(2);
  });

  it('are listed by player, bonus, tournament and status, and to a player their own', async () => {
    const one = await seated({ seats: 2 });
    await use(one.ticketId);
    expect(await ticketsOf(`grantId=${one.grantId}&status=used`)).toMatchObject([{ id: one.ticketId }]);
    expect(await ticketsOf(`tournamentId=${one.tournament.id}`)).toMatchObject([{ id: one.ticketId }]);
    expect(await ticketsOf(`tournament=${one.tournament.key}&status=issued`)).toHaveLength(1);
    const page = await app.request('GET', `/v1/tickets?player=${one.player}&limit=1`);
    const next = await app.request('GET', `/v1/tickets?player=${one.player}&cursor=${page.body.nextCursor}`);
    expect([...page.body.items, ...next.body.items]).toHaveLength(2);

    const key = await app.playerToken(one.player);
    expect(await ticketsOf('', { key })).toHaveLength(2);
    expect((await app.request('GET', `/v1/tickets?player=${one.player}`, { key })).status).toBe(422);
    expect((await use(one.ticketId, 'x', { key })).status).toBe(403);
  });
});

describe('using a ticket', () => {
  it('takes a seat, is told of, and completes the bonus with its last seat', async () => {
    const { player, tickets, tournament, grantId } = await seated({ seats: 2 });
    const [first, second] = tickets.map(({ id }) => id);
    const { status, body } = await use(first, 'entry-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: first,
      status: 'used',
      use: { tournamentId: tournament.id, reference: 'entry-1', usedAt: expect.any(String) },
    });
    expect(await grantStatus(player)).toBe('active');
    await use(second, 'entry-2');
    expect(await grantStatus(player)).toBe('completed');
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`)).body.seatsTaken).toBe(2);
    expect(await ticketEvents('ticket.used', grantId)).toMatchObject([
      { ticketId: first, tournamentId: tournament.id, reference: 'entry-1', player },
      { ticketId: second, reference: 'entry-2' },
    ]);
  });

  it('answers the same again for the same reference, and refuses another', async () => {
    const { ticketId, tournament, grantId } = await seated();
    const first = await use(ticketId, 'r');
    expect(await use(ticketId, 'r')).toMatchObject({ status: 200, body: first.body });
    expect(await use(ticketId, 's')).toMatchObject({ status: 422, body: { key: 'ticket_used' } });
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`)).body.seatsTaken).toBe(1);
    expect(await ticketEvents('ticket.used', grantId)).toHaveLength(1);
  });

  test('V16: one seat, two concurrent uses, fifty times: one success each', async () => {
    const { body } = await open();
    const { code } = await offerOf(body.key);
    const players = Array.from({ length: 50 }, (_, n) => `v16-${n}-${randomUUID()}`);
    await Promise.all(players.map((player) => activate(app, code, player)));
    const tickets = await ticketsOf(`tournament=${body.key}&limit=200`);
    expect(tickets).toHaveLength(50);
    const pairs = await Promise.all(tickets.map(({ id }) => Promise.all([use(id), use(id)])));
    for (const pair of pairs)
      expect(pair.map((answer) => (answer.status === 200 ? 'used' : answer.body.key)).sort()).toEqual([
        'ticket_used',
        'used',
      ]);
    expect((await app.request('GET', `/v1/tournaments/${body.id}`)).body.seatsTaken).toBe(50);
    expect(await usesOf(body.id)).toBe(50);
  });

  it('with one reference twenty times at once is one use', async () => {
    const { ticketId, tournament } = await seated();
    const answers = await Promise.all(Array.from({ length: 20 }, () => use(ticketId, 'same')));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body.use]))).size).toBe(1);
    expect(await usesOf(tournament.id)).toBe(1);
  });

  it('stops exactly when every seat of the tournament is taken', async () => {
    const { body } = await open({ seats: 7 });
    const { code } = await offerOf(body.key);
    await Promise.all(Array.from({ length: 20 }, () => activate(app, code, `full-${randomUUID()}`)));
    const tickets = await ticketsOf(`tournament=${body.key}`);
    const answers = await Promise.all(tickets.map(({ id }) => use(id)));
    const keys = answers.map((answer) => (answer.status === 200 ? 'used' : answer.body.key));
    expect(keys.filter((key) => key === 'used')).toHaveLength(7);
    expect(keys.filter((key) => key === 'tournament_full')).toHaveLength(13);
    expect(await usesOf(body.id)).toBe(7);
    // Who came too late keeps the ticket.
    expect(await ticketsOf(`tournament=${body.key}&status=issued`)).toHaveLength(13);
  });

  test.each<[string, string, (of: Awaited<ReturnType<typeof seated>>) => Promise<unknown>]>([
    ['the bonus was reversed', 'ticket_voided', ({ activationId }) => reverse(app, activationId)],
    ['it has expired', 'ticket_expired', ({ grantId }) => makeDue(grantId)],
    [
      'the tournament is closed',
      'tournament_not_open',
      ({ tournament }) => app.request('POST', `/v1/tournaments/${tournament.id}/close`),
    ],
    [
      'the tournament has ended',
      'tournament_not_open',
      ({ tournament }) =>
        app.db.query('update tournaments set ends_at = now() where tournament_id = $1', [tournament.id]),
    ],
    [
      'the player is excluded',
      'self_excluded',
      ({ player }) =>
        app.db.query(
          `update players set self_excluded_until = now() + interval '1 day' where external_id = $1`,
          [player],
        ),
    ],
  ])('is refused when %s', async (_, key, happen) => {
    const of = await seated();
    await happen(of);
    expect(await use(of.ticketId)).toMatchObject({ status: 422, body: { key } });
    expect(await usesOf(of.tournament.id)).toBe(0);
  });

  it('needs the permission, a reference and a ticket', async () => {
    const { ticketId } = await seated();
    expect((await use(ticketId, 'x', { key: await app.key(['tournaments:write']) })).status).toBe(403);
    expect((await use(ticketId, '')).status).toBe(422);
    expect((await use(randomUUID())).status).toBe(404);
    expect((await use(ticketId, 'x', { key: await app.key(['tickets:use']) })).status).toBe(200);
  });
});

describe('the end of a bonus', () => {
  it('by time voids what was not used, and is told of once', async () => {
    const { player, tickets, grantId } = await seated({ seats: 2 });
    await use(tickets[0].id);
    await makeDue(grantId);
    await eventually(async () => expect(await grantStatus(player)).toBe('expired'));
    expect(await statusOf(tickets[0].id, player)).toBe('used');
    expect(await statusOf(tickets[1].id, player)).toBe('expired');
    expect(await grantEvents('bonus.expired', grantId)).toHaveLength(1);
  });

  it('by a reversal at the same time as its use: either, and never both', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => seated()));
    const outcomes = await Promise.all(
      all.map(async ({ ticketId, activationId, player, tournament }, n) => {
        const reversal = n % 2 ? reverse(app, activationId) : undefined;
        const used = use(ticketId);
        await (reversal ?? reverse(app, activationId));
        return {
          used: (await used).status === 200,
          grant: await grantStatus(player),
          ticket: await statusOf(ticketId, player),
          uses: await usesOf(tournament.id),
        };
      }),
    );
    for (const outcome of outcomes)
      expect([
        { used: true, grant: 'completed', ticket: 'used', uses: 1 },
        { used: false, grant: 'cancelled', ticket: 'voided', uses: 0 },
      ]).toContainEqual(outcome);
  });
});

describe('a tournament that is cancelled', () => {
  const cancel = (id: string) =>
    app.request('POST', `/v1/tournaments/${id}/cancel`, { body: { reason: 'Too few players' } });
  const returned = (grantId: string) =>
    eventually(async () => {
      const events = await ticketEvents('ticket.returned', grantId);
      expect(events).toHaveLength(1);
      return events;
    });

  it('gives its tickets back, good for the next one for as long as they were when used', async () => {
    const { tournament, ticketId, player, grantId, tickets } = await seated();
    await use(ticketId, 'first');
    // Used a month before, when its bonus had ten days to go: by now all of them are over.
    await app.db.query(`update ticket_uses set used_at = now() - interval '30 days' where ticket_id = $1`, [
      ticketId,
    ]);
    await app.db.query(`update grants set expires_at = now() - interval '20 days' where grant_id = $1`, [
      grantId,
    ]);
    expect(await cancel(tournament.id)).toMatchObject({
      status: 200,
      body: { status: 'cancelled', cancelReason: 'Too few players' },
    });
    expect(await returned(grantId)).toMatchObject([{ ticketId, tournamentId: tournament.id, player }]);
    expect(await statusOf(ticketId, player)).toBe('issued');
    const [again] = await ticketsOf(`player=${player}`);
    const daysLeft = (Date.parse(again.expiresAt) - Date.now()) / 86_400_000;
    expect(daysLeft).toBeCloseTo(10, 1);
    expect(tickets[0].id).toBe(again.id);

    expect(await use(ticketId, 'first')).toMatchObject({ body: { key: 'ticket_returned' } });
    expect(await use(ticketId, 'second')).toMatchObject({ body: { key: 'tournament_not_open' } });
    const { body: next } = await open({ key: tournament.key });
    expect(await use(ticketId, 'second')).toMatchObject({
      status: 200,
      body: { use: { tournamentId: next.id, reference: 'second' } },
    });
    const { body: gone } = await app.request('GET', `/v1/tournaments/${tournament.id}`);
    expect(gone.seatsTaken).toBe(0);
  });

  it('gives back nothing of a bonus that was taken back meanwhile', async () => {
    const { tournament, tickets, player, grantId, activationId } = await seated({ seats: 2 });
    await use(tickets[0].id);
    await reverse(app, activationId);
    await cancel(tournament.id);
    await returned(grantId);
    expect(await statusOf(tickets[0].id, player)).toBe('voided');
    expect((await use(tickets[0].id)).body.key).toBe('ticket_voided');
  });

  it('at the same time as uses of its tickets: none is left used', async () => {
    const { body } = await open();
    const { code } = await offerOf(body.key);
    await Promise.all(Array.from({ length: 30 }, () => activate(app, code, `c-${randomUUID()}`)));
    const tickets = await ticketsOf(`tournament=${body.key}`);
    const uses = tickets.map(({ id }) => use(id));
    const [, ...answers] = await Promise.all([cancel(body.id), ...uses]);
    const used = answers.filter(({ status }) => status === 200).length;
    await eventually(async () => expect(await usesOf(body.id)).toBe(0));
    expect(await ticketsOf(`tournament=${body.key}&status=issued`)).toHaveLength(30);
    const { rows } = await app.db.query<{ seats: number; returned: number }>(
      `select seats_taken as seats, (select count(*) from ticket_uses where tournament_id = $1) as returned
       from tournaments where tournament_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ seats: 0, returned: used }]);
  });

  it('cannot be cancelled twice, and says why when it is no tournament', async () => {
    const { body } = await open();
    const both = await Promise.all([cancel(body.id), cancel(body.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await cancel(randomUUID())).status).toBe(404);
  });
});

/** Uses that count. */
async function usesOf(tournamentId: string): Promise<number> {
  const { rows } = await app.db.query<{ count: number }>(
    'select count(*) as count from ticket_uses where tournament_id = $1 and returned_at is null',
    [tournamentId],
  );
  return rows[0]?.count ?? 0;
}

async function grantEvents(type: string, grantId: string): Promise<TestResponse['body'][]> {
  const { rows } = await app.db.query<{ data: TestResponse['body'] }>(
    `select e.value->'data' as data from outbox, json_array_elements(events->'events') with ordinality e
     where e.value->>'type' = $1 and e.value->'data'->>'grantId' = $2 order by batch_id, e.ordinality`,
    [type, grantId],
  );
  return rows.map(({ data }) => data);
}
const ticketEvents = grantEvents;

test('what the campaign is told of stays what it was', async () => {
  const { campaignId } = await seated();
  expect((await eventsOf(app, campaignId)).map(({ type }) => type)).toEqual([
    'code.activated',
    'bonus.granted',
  ]);
});
