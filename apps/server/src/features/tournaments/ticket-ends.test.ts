import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate, reverse } from '../../testing/actions.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { eventually, type TournamentActions, tournamentActions } from './testing.ts';

let app: TestApp;
let on: TournamentActions;
beforeAll(async () => {
  app = await startTestApp();
  on = tournamentActions(app);
});
afterAll(() => app.close());

describe('the end of a bonus', () => {
  it('by time voids what was not used, and is told of once', async () => {
    const { player, tickets, grantId } = await on.seated({ seats: 2 });
    await on.use(tickets[0].id);
    await on.makeDue(grantId);
    await eventually(async () => expect(await on.grantStatus(player)).toBe('expired'));
    expect(await on.statusOf(tickets[0].id, player)).toBe('used');
    expect(await on.statusOf(tickets[1].id, player)).toBe('expired');
    expect(await on.eventsAbout('bonus.expired', grantId)).toHaveLength(1);
  });

  it('by a reversal at the same time as its use: either, and never both', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => on.seated()));
    const outcomes = await Promise.all(
      all.map(async ({ ticketId, activationId, player, tournament }, n) => {
        const reversal = n % 2 ? reverse(app, activationId) : undefined;
        const used = on.use(ticketId);
        await (reversal ?? reverse(app, activationId));
        return {
          used: (await used).status === 200,
          grant: await on.grantStatus(player),
          ticket: await on.statusOf(ticketId, player),
          uses: await on.usesOf(tournament.id),
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
      const events = await on.eventsAbout('ticket.returned', grantId);
      expect(events).toHaveLength(1);
      return events;
    });

  it('gives its tickets back, good for the next one for as long as they were when used', async () => {
    const { tournament, ticketId, player, grantId, tickets } = await on.seated();
    await on.use(ticketId, 'first');
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
    expect(await on.statusOf(ticketId, player)).toBe('issued');
    const [again] = await on.ticketsOf(`player=${player}`);
    const daysLeft = (Date.parse(again.expiresAt) - Date.now()) / 86_400_000;
    expect(daysLeft).toBeCloseTo(10, 1);
    expect(tickets[0].id).toBe(again.id);

    expect(await on.use(ticketId, 'first')).toMatchObject({ body: { key: 'ticket_returned' } });
    expect(await on.use(ticketId, 'second')).toMatchObject({ body: { key: 'tournament_not_open' } });
    const { body: next } = await on.open({ key: tournament.key });
    expect(await on.use(ticketId, 'second')).toMatchObject({
      status: 200,
      body: { use: { tournamentId: next.id, reference: 'second' } },
    });
    const { body: gone } = await app.request('GET', `/v1/tournaments/${tournament.id}`);
    expect(gone.seatsTaken).toBe(0);
  });

  it('gives back nothing of a bonus that was taken back meanwhile', async () => {
    const { tournament, tickets, player, grantId, activationId } = await on.seated({ seats: 2 });
    await on.use(tickets[0].id);
    await reverse(app, activationId);
    await cancel(tournament.id);
    await returned(grantId);
    expect(await on.statusOf(tickets[0].id, player)).toBe('voided');
    expect((await on.use(tickets[0].id)).body.key).toBe('ticket_voided');
  });

  it('at the same time as uses of its tickets: none is left used', async () => {
    const { body } = await on.open();
    const { code } = await on.offerOf(body.key);
    await Promise.all(Array.from({ length: 30 }, () => activate(app, code, `c-${randomUUID()}`)));
    const tickets = await on.ticketsOf(`tournament=${body.key}`);
    const uses = tickets.map(({ id }) => on.use(id));
    const [, ...answers] = await Promise.all([cancel(body.id), ...uses]);
    const used = answers.filter(({ status }) => status === 200).length;
    await eventually(async () => expect(await on.usesOf(body.id)).toBe(0));
    expect(await on.ticketsOf(`tournament=${body.key}&status=issued`)).toHaveLength(30);
    const { rows } = await app.db.query<{ seats: number; returned: number }>(
      `select seats_taken as seats, (select count(*) from ticket_uses where tournament_id = $1) as returned
       from tournaments where tournament_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ seats: 0, returned: used }]);
  });

  it('cannot be cancelled twice, and says why when it is no tournament', async () => {
    const { body } = await on.open();
    const both = await Promise.all([cancel(body.id), cancel(body.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await cancel(randomUUID())).status).toBe(404);
  });
});
