import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate, deposit, eventsOf, reverse } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp, type TestRequest } from '../../testing/test-app.ts';
import { validCampaign } from '../campaigns/testing.ts';
import { eventually, newKey, type Seated, type TournamentActions, tournamentActions } from './testing.ts';

let app: TestApp;
let on: TournamentActions;
beforeAll(async () => {
  app = await startTestApp();
  on = tournamentActions(app);
});
afterAll(() => app.close());

describe('tournaments', () => {
  it('are opened, shown, listed and closed', async () => {
    const key = newKey();
    const created = await on.open({ key, startsAt: '2998-01-01T00:00:00Z', seats: 10 });
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

  describe('while they are open', () => {
    const change = (id: string, body: object, options: TestRequest = {}) =>
      app.request('PATCH', `/v1/tournaments/${id}`, { body, ...options });

    it('are changed, what is left out stays, and it is kept who did', async () => {
      const { body: before } = await on.open({ startsAt: '2998-01-01T00:00:00Z', seats: 10 });
      const { status, body } = await change(before.id, { name: 'Grand race', seats: null });
      expect([status, body]).toEqual([
        200,
        { ...before, name: 'Grand race', seats: null, updatedAt: expect.any(String) },
      ]);
      expect((await change(before.id, { startsAt: null })).body.startsAt).toBeNull();
      const { rows } = await app.db.query(
        `select before, after from audit_log where target_id = $1 and action = 'tournament.updated' order by entry_id`,
        [before.id],
      );
      const settings = { name: 'Slot race', startsAt: before.startsAt, endsAt: before.endsAt, seats: 10 };
      expect(rows[0]).toEqual({ before: settings, after: { ...settings, name: 'Grand race', seats: null } });
      expect(rows).toHaveLength(2);
    });

    it('keep the seats that are taken', async () => {
      const { tournament, tickets } = await on.seated({ seats: 2 });
      for (const { id } of tickets) expect((await on.use(id)).status).toBe(200);
      expect(await change(tournament.id, { seats: 1 })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'seats' }] },
      });
      expect((await change(tournament.id, { seats: 2 })).body).toMatchObject({ seats: 2, seatsTaken: 2 });
    });

    test.each([
      [{ endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
      [{ startsAt: '2999-01-01T00:00:00Z' }, 'endsAt'],
      [{ name: ' ' }, 'name'],
    ])('%o is refused by its field', async (changes, field) => {
      const { body: tournament } = await on.open();
      const { status, body } = await change(tournament.id, changes);
      expect([status, body.errors[0].field]).toEqual([422, field]);
    });

    it('are changed by no other brand, and once they are over by nobody', async () => {
      const { body } = await on.open();
      const { ownerKey: key } = await app.anotherBrand();
      expect((await change(body.id, { name: 'Theirs' }, { key })).status).toBe(404);
      await app.request('POST', `/v1/tournaments/${body.id}/close`);
      expect(await change(body.id, { name: 'Late' })).toMatchObject({
        status: 422,
        body: { key: 'tournament_not_open' },
      });
    });
  });

  it('of one key are open one at a time', async () => {
    const key = newKey();
    const both = await Promise.all([on.open({ key }), on.open({ key })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('close at their end, and the next of the key can be opened at once', async () => {
    const key = newKey();
    const { body } = await on.open({ key });
    await app.db.query('update tournaments set ends_at = now() where tournament_id = $1', [body.id]);
    expect((await on.open({ key })).status).toBe(201);
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
    const { status, body } = await on.open(change);
    expect([status, body.errors[0].field]).toEqual([422, field]);
  });

  it('of another brand are not found', async () => {
    const { ownerKey: key } = await app.anotherBrand();
    const { tournament, ticketId } = await on.seated();
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`, { key })).status).toBe(404);
    expect((await app.request('POST', `/v1/tournaments/${tournament.id}/close`, { key })).status).toBe(404);
    expect((await on.use(ticketId, 'x', { key })).status).toBe(404);
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
    await on.open({ key: tournament });
    expect((await submit()).status).toBe(200);
  });
});

describe('tickets', () => {
  it('are issued with the bonus, one for each seat, and each is told of once', async () => {
    const { player, tickets, grantId, campaignId, tournament } = await on.seated({ seats: 3 });
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
    const told = () => on.eventsAbout('ticket.issued', grantId);
    await eventually(async () => expect(await told()).toHaveLength(3));
    expect((await told()).map(({ ticketId }) => ticketId).sort()).toEqual(tickets.map(({ id }) => id).sort());
  });

  it('come with the deposit when the offer waits for one', async () => {
    const { body } = await on.open();
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
    expect(await on.ticketsOf(`player=${player}`)).toEqual([]);
    await deposit(app, player, { amount: 1_000 });
    expect(await on.ticketsOf(`player=${player}`)).toHaveLength(2);
  });

  it('are listed by player, bonus, tournament and status, and to a player their own', async () => {
    const one = await on.seated({ seats: 2 });
    await on.use(one.ticketId);
    expect(await on.ticketsOf(`grantId=${one.grantId}&status=used`)).toMatchObject([{ id: one.ticketId }]);
    expect(await on.ticketsOf(`tournamentId=${one.tournament.id}`)).toMatchObject([{ id: one.ticketId }]);
    expect(await on.ticketsOf(`tournament=${one.tournament.key}&status=issued`)).toHaveLength(1);
    const page = await app.request('GET', `/v1/tickets?player=${one.player}&limit=1`);
    const next = await app.request('GET', `/v1/tickets?player=${one.player}&cursor=${page.body.nextCursor}`);
    expect([...page.body.items, ...next.body.items]).toHaveLength(2);

    const key = await app.playerToken(one.player);
    expect(await on.ticketsOf('', { key })).toHaveLength(2);
    expect((await app.request('GET', `/v1/tickets?player=${one.player}`, { key })).status).toBe(422);
    expect((await on.use(one.ticketId, 'x', { key })).status).toBe(403);
  });
});

describe('using a ticket', () => {
  it('takes a seat, is told of, and completes the bonus with its last seat', async () => {
    const { player, tickets, tournament, grantId } = await on.seated({ seats: 2 });
    const [first, second] = tickets.map(({ id }) => id);
    const { status, body } = await on.use(first, 'entry-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: first,
      status: 'used',
      use: { tournamentId: tournament.id, reference: 'entry-1', usedAt: expect.any(String) },
    });
    expect(await on.grantStatus(player)).toBe('active');
    await on.use(second, 'entry-2');
    expect(await on.grantStatus(player)).toBe('completed');
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`)).body.seatsTaken).toBe(2);
    expect(await on.eventsAbout('ticket.used', grantId)).toMatchObject([
      { ticketId: first, tournamentId: tournament.id, reference: 'entry-1', player },
      { ticketId: second, reference: 'entry-2' },
    ]);
  });

  it('answers the same again for the same reference, and refuses another', async () => {
    const { ticketId, tournament, grantId } = await on.seated();
    const first = await on.use(ticketId, 'r');
    expect(await on.use(ticketId, 'r')).toMatchObject({ status: 200, body: first.body });
    expect(await on.use(ticketId, 's')).toMatchObject({ status: 422, body: { key: 'ticket_used' } });
    expect((await app.request('GET', `/v1/tournaments/${tournament.id}`)).body.seatsTaken).toBe(1);
    expect(await on.eventsAbout('ticket.used', grantId)).toHaveLength(1);
  });

  test('V16: one seat, two concurrent uses, fifty times: one success each', async () => {
    const { body } = await on.open();
    const { code } = await on.offerOf(body.key);
    const players = Array.from({ length: 50 }, (_, n) => `v16-${n}-${randomUUID()}`);
    await Promise.all(players.map((player) => activate(app, code, player)));
    const tickets = await on.ticketsOf(`tournament=${body.key}&limit=200`);
    expect(tickets).toHaveLength(50);
    const pairs = await Promise.all(tickets.map(({ id }) => Promise.all([on.use(id), on.use(id)])));
    for (const pair of pairs)
      expect(pair.map((answer) => (answer.status === 200 ? 'used' : answer.body.key)).sort()).toEqual([
        'ticket_used',
        'used',
      ]);
    expect((await app.request('GET', `/v1/tournaments/${body.id}`)).body.seatsTaken).toBe(50);
    expect(await on.usesOf(body.id)).toBe(50);
  });

  it('with one reference twenty times at once is one use', async () => {
    const { ticketId, tournament } = await on.seated();
    const answers = await Promise.all(Array.from({ length: 20 }, () => on.use(ticketId, 'same')));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body.use]))).size).toBe(1);
    expect(await on.usesOf(tournament.id)).toBe(1);
  });

  it('stops exactly when every seat of the tournament is taken', async () => {
    const { body } = await on.open({ seats: 7 });
    const { code } = await on.offerOf(body.key);
    await Promise.all(Array.from({ length: 20 }, () => activate(app, code, `full-${randomUUID()}`)));
    const tickets = await on.ticketsOf(`tournament=${body.key}`);
    const answers = await Promise.all(tickets.map(({ id }) => on.use(id)));
    const keys = answers.map((answer) => (answer.status === 200 ? 'used' : answer.body.key));
    expect(keys.filter((key) => key === 'used')).toHaveLength(7);
    expect(keys.filter((key) => key === 'tournament_full')).toHaveLength(13);
    expect(await on.usesOf(body.id)).toBe(7);
    // Who came too late keeps the ticket.
    expect(await on.ticketsOf(`tournament=${body.key}&status=issued`)).toHaveLength(13);
  });

  test.each<[string, string, (of: Seated) => Promise<unknown>]>([
    ['the bonus was reversed', 'ticket_voided', ({ activationId }) => reverse(app, activationId)],
    ['it has expired', 'ticket_expired', ({ grantId }) => on.makeDue(grantId)],
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
    const of = await on.seated();
    await happen(of);
    expect(await on.use(of.ticketId)).toMatchObject({ status: 422, body: { key } });
    expect(await on.usesOf(of.tournament.id)).toBe(0);
  });

  it('needs the permission, a reference and a ticket', async () => {
    const { ticketId } = await on.seated();
    expect((await on.use(ticketId, 'x', { key: await app.key(['tournaments:write']) })).status).toBe(403);
    expect((await on.use(ticketId, '')).status).toBe(422);
    expect((await on.use(randomUUID())).status).toBe(404);
    expect((await on.use(ticketId, 'x', { key: await app.key(['tickets:use']) })).status).toBe(200);
  });
});

test('what the campaign is told of stays what it was', async () => {
  const { campaignId } = await on.seated();
  expect((await eventsOf(app, campaignId)).map(({ type }) => type)).toEqual([
    'code.activated',
    'bonus.granted',
  ]);
});
