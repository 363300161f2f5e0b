import { afterAll, beforeAll, expect, it } from 'vitest';
import { poison } from '../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { eventually, type TournamentActions, tournamentActions } from './testing.ts';

let app: TestApp;
let on: TournamentActions;
beforeAll(async () => {
  app = await startTestApp();
  on = tournamentActions(app);
});
afterAll(() => app.close());

it('expires all bonuses but the one it cannot, and that once it can', async () => {
  const [bad, good] = [await on.seated(), await on.seated()];
  const mend = await poison(app.db, 'grants', `new.grant_id = '${bad.grantId}' and new.status = 'expired'`);
  await on.makeDue(bad.grantId);
  await on.makeDue(good.grantId);
  await eventually(async () => expect(await on.grantStatus(good.player)).toBe('expired'));
  expect(await on.grantStatus(bad.player)).toBe('active');
  await mend();
  await eventually(async () => expect(await on.grantStatus(bad.player)).toBe('expired'));
  const { rows } = await app.db.query(
    'select ended_at is not null as ended, ended_reason from grants where grant_id = any($1)',
    [[bad.grantId, good.grantId]],
  );
  expect(rows).toEqual(Array(2).fill({ ended: true, ended_reason: 'expired' }));
});

it('gives all tickets back but the one it cannot, and that once it can', async () => {
  const [bad, good] = [await on.seated(), await on.seated()];
  const mend = await poison(
    app.db,
    'ticket_uses',
    `new.ticket_id = '${bad.ticketId}' and new.returned_at is not null`,
  );
  for (const { ticketId, tournament } of [bad, good]) {
    expect((await on.use(ticketId)).status).toBe(200);
    const path = `/v1/tournaments/${tournament.id}/cancel`;
    expect((await app.request('POST', path, { body: { reason: 'test' } })).status).toBe(200);
  }
  await eventually(async () => expect(await on.usesOf(good.tournament.id)).toBe(0));
  expect(await on.usesOf(bad.tournament.id)).toBe(1);
  await mend();
  await eventually(async () => expect(await on.usesOf(bad.tournament.id)).toBe(0));
});

it('tells of all tickets, and closes all tournaments, but those it cannot', async () => {
  const mend = await poison(app.db, 'tickets', `new.announced and new.seat = 2`);
  const mendClosing = await poison(app.db, 'tournaments', `new.status = 'closed' and new.seats = 77`);
  const [bad, good] = [await on.seated({ seats: 2 }), await on.seated()];
  const full = (await on.open({ seats: 77 })).body;
  await eventually(async () => expect(await on.eventsAbout('ticket.issued', good.grantId)).toHaveLength(1));
  expect(await on.eventsAbout('ticket.issued', bad.grantId)).toHaveLength(1);
  await app.db.query(`update tournaments set ends_at = now() where tournament_id = any($1)`, [
    [full.id, good.tournament.id],
  ]);
  const statusOf = async (id: string) => (await app.request('GET', `/v1/tournaments/${id}`)).body.status;
  await eventually(async () => expect(await statusOf(good.tournament.id)).toBe('closed'));
  expect(await statusOf(full.id)).toBe('open');
  await mend();
  await mendClosing();
  await eventually(async () => expect(await statusOf(full.id)).toBe('closed'));
  await eventually(async () => expect(await on.eventsAbout('ticket.issued', bad.grantId)).toHaveLength(2));
});
