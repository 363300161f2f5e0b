import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { eventsOf, expectBalanced, grantsOf, reverse } from '../../testing/actions.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { answers } from '../webhooks/testing/receiver.ts';
import {
  connectProvider,
  expectSpins,
  type FakeProvider,
  issuedSpins,
  makeDue,
  PATIENCE,
  type Spinning,
  spinsOf,
  startSpins,
} from './testing.ts';

let app: TestApp;
let byRound: FakeProvider;
let byEnd: FakeProvider;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  byRound = await connectProvider(app, 'formsha1');
  byEnd = await connectProvider(app, 'hmac256');
});
afterAll(async () => {
  await app.close();
  await byRound[Symbol.asyncDispose]();
  await byEnd[Symbol.asyncDispose]();
});

const cancel = ({ grantId }: Spinning, key: string = app.ownerKey) =>
  app.request('POST', `/v1/free-spins/${grantId}/cancel`, { key, body: { reason: 'asked for' } });

const committedOf = async ({ campaignId }: Spinning): Promise<number | undefined> =>
  (
    await app.db.query<{ committed: number }>(
      'select used + reserved as committed from counters where campaign_id = $1',
      [campaignId],
    )
  ).rows[0]?.committed;

/** Waits until the provider has answered to being told of it. */
const expectCancelCall = ({ grantId }: Spinning, state: 'delivered' | 'refused') =>
  vi.waitFor(async () => {
    const { rows } = await app.db.query(
      `select state from deliveries where grant_id = $1 and operation = 'cancel'`,
      [grantId],
    );
    expect(rows).toEqual([{ state }]);
  }, PATIENCE);

const BUDGET = { reward: { winCap: { EUR: 10_000 } }, definition: { budget: { EUR: 10_000 } } };

describe('cancelling', () => {
  it('after 8 of 20 with 2.10 won credits 2.10 and cancels 12 (V15)', async () => {
    const spins = await issuedSpins(app, byRound, BUDGET);
    for (const won of [0, 100, 0, 0, 110, 0, 0, 0])
      await byRound.tell({ grantId: spins.grantId, player: spins.player, won });
    byRound.standings.set(spins.grantId, { rounds_played: 8, total_win: '2.10' });
    expect((await cancel(spins)).body).toMatchObject({
      state: 'playing',
      remaining: 12,
      ending: 'cancelled',
    });
    await expectSpins(app, spins, { state: 'cancelled', played: 8, won: 210, credited: 210, remaining: 0 });
    const [bonus, parent] = await grantsOf(app, spins.player);
    expect(bonus).toMatchObject({ kind: 'bonus_balance', amount: 210, wageringRequired: 7_350 });
    expect(parent).toMatchObject({ id: spins.grantId, status: 'cancelled' });
    const told = (await eventsOf(app, spins.campaignId)).filter(({ type }) => type === 'freespins.cancelled');
    expect(told).toMatchObject([
      { data: { played: 8, unplayed: 12, won: 210, credited: 210, reason: 'asked for' } },
    ]);
    await vi.waitFor(async () => expect(await committedOf(spins)).toBe(210), PATIENCE);
    await expectBalanced(app);
  });

  it('waits for the last word of a provider that tells by itself (V15)', async () => {
    const spins = await issuedSpins(app, byEnd);
    await cancel(spins);
    await vi.waitFor(
      () => expect(byEnd.calls('/freespins/cancel').at(-1)?.body).toContain(spins.grantId),
      PATIENCE,
    );
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'issued', ending: 'cancelled' });
    const { status } = await byEnd.tell({ grantId: spins.grantId, won: 210, played: 8, as: 'canceled' });
    expect(status).toBe(200);
    await expectSpins(app, spins, { state: 'cancelled', played: 8, credited: 210 });
  });

  it('races a play: who says it is played out decides', async () => {
    const spins = await issuedSpins(app, byEnd);
    const [cancelled, played] = await Promise.all([
      cancel(spins),
      byEnd.tell({ grantId: spins.grantId, won: 1_340, played: 20 }),
    ]);
    expect(played.status).toBe(200);
    expect([200, 422]).toContain(cancelled.status);
    await expectSpins(app, spins, { state: 'finished', credited: 1_340 });
    expect((await grantsOf(app, spins.player)).map(({ status }) => status)).toEqual(['active', 'completed']);
  });

  test.each([1, 2, 3, 4, 5])('and the end come to one credit, in any order (%i)', async () => {
    const spins = await issuedSpins(app, byEnd, BUDGET);
    await Promise.all([
      ...Array.from({ length: 5 }, () => cancel(spins)),
      ...Array.from({ length: 10 }, () =>
        byEnd.tell({ grantId: spins.grantId, won: 700, played: 20, id: 'the-end' }),
      ),
    ]);
    await expectSpins(app, spins, { state: 'finished', credited: 700 });
    expect((await grantsOf(app, spins.player)).map(({ amount }) => amount)).toEqual([700, 0]);
    await expectBalanced(app);
  });

  it('again changes nothing, and of spins that are over is refused', async () => {
    const spins = await issuedSpins(app, byEnd);
    await cancel(spins);
    await expectCancelCall(spins, 'delivered');
    const before = await spinsOf(app, spins);
    expect(before).toMatchObject({ ending: 'cancelled' });
    expect((await cancel(spins)).body).toEqual(before);
    await byEnd.tell({ grantId: spins.grantId, won: 0, as: 'canceled' });
    await expectSpins(app, spins, { state: 'cancelled' });
    expect((await cancel(spins)).status).toBe(200);
    const finished = await issuedSpins(app, byEnd);
    await byEnd.tell({ grantId: finished.grantId, won: 0 });
    expect(await cancel(finished)).toMatchObject({ status: 422, body: { key: 'free_spins_over' } });
    const { rows } = await app.db.query(
      `select from audit_log where action = 'free_spins.cancelled' and target_id = $1`,
      [spins.grantId],
    );
    expect(rows).toHaveLength(1);
  });

  it('is over with what is known when the last word does not come', async () => {
    const spins = await issuedSpins(app, byEnd, BUDGET);
    byEnd.next('/freespins/cancel', answers(404));
    await cancel(spins);
    await expectCancelCall(spins, 'refused');
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'issued' });
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'cancelled', credited: 0 });
    await vi.waitFor(async () => expect(await committedOf(spins)).toBe(0), PATIENCE);

    // Later still, a person decides: the budget may be spent on others by now.
    expect((await byEnd.tell({ grantId: spins.grantId, won: 300, played: 20 })).status).toBe(200);
    await expectSpins(app, spins, { state: 'finished', won: 300, credited: 0 });
    const cases = async () =>
      (
        await app.db.query('select kind, amount, currency from adjustments where grant_id = $1', [
          spins.grantId,
        ])
      ).rows;
    await vi.waitFor(
      async () => expect(await cases()).toEqual([{ kind: 'late_event', amount: 300, currency: 'EUR' }]),
      PATIENCE,
    );
    expect(await grantsOf(app, spins.player)).toHaveLength(1);
    await expectBalanced(app);
  });

  it('of spins the provider has never heard of is over at once', async () => {
    const nowhere = { name: 'not-connected' };
    const spins = await startSpins(app, nowhere, BUDGET);
    await expectSpins(app, spins, { state: 'pending' });
    expect((await cancel(spins)).body).toMatchObject({ state: 'cancelled', remaining: 0 });
    await vi.waitFor(async () => expect(await committedOf(spins)).toBe(0), PATIENCE);
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({ status: 'cancelled' });
    await expectBalanced(app);
  });

  it('of the bonus cancels its spins, which have the last word', async () => {
    const spins = await issuedSpins(app, byEnd);
    const { status, body } = await app.request('POST', `/v1/grants/${spins.grantId}/cancel`, {
      body: { reason: 'asked for' },
    });
    expect([status, body.status]).toEqual([200, 'active']);
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'issued', ending: 'cancelled' });
    await byEnd.tell({ grantId: spins.grantId, won: 80, played: 2, as: 'canceled' });
    await expectSpins(app, spins, { state: 'cancelled', credited: 80 });
    expect((await grantsOf(app, spins.player)).map((grant) => grant.status)).toEqual(['active', 'cancelled']);
  });

  it('is for staff who may, and for players of their own', async () => {
    const spins = await issuedSpins(app, byEnd);
    expect((await cancel(spins, await app.key(['bonuses:read']))).status).toBe(403);
    expect((await cancel(spins, (await app.anotherBrand()).ownerKey)).status).toBe(404);
    expect((await cancel(spins, await app.playerToken('somebody-else'))).status).toBe(404);
    expect((await cancel(spins, await app.playerToken(spins.player))).status).toBe(200);
  });
});

describe('a bonus that is ended elsewhere', () => {
  it('takes its spins with it, and what they won goes to a person', async () => {
    const spins = await issuedSpins(app, byRound, BUDGET);
    await byRound.tell({ grantId: spins.grantId, player: spins.player, won: 500 });
    byRound.standings.set(spins.grantId, { rounds_played: 1, total_win: '5.00' });
    const [grant] = await grantsOf(app, spins.player);
    expect((await reverse(app, grant.activationId)).status).toBe(200);
    await expectSpins(app, spins, { state: 'cancelled', won: 500, credited: 0 });
    await vi.waitFor(async () => {
      const { rows } = await app.db.query('select amount from adjustments where grant_id = $1', [
        spins.grantId,
      ]);
      expect(rows).toEqual([{ amount: 500 }]);
    }, PATIENCE);
    expect(await grantsOf(app, spins.player)).toHaveLength(1);
    await expectBalanced(app);
  });
});

describe('spins that expire', () => {
  it('are asked for where the provider can be asked', async () => {
    const spins = await issuedSpins(app, byRound);
    byRound.standings.set(spins.grantId, { rounds_played: 3, total_win: '0.90' });
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'expired', played: 3, won: 90, credited: 90 });
    expect((await grantsOf(app, spins.player)).map(({ status }) => status)).toEqual(['active', 'expired']);
  });

  it('have finished when all of them were played', async () => {
    const spins = await issuedSpins(app, byRound);
    byRound.standings.set(spins.grantId, { rounds_played: 20, total_win: '0.90' });
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'finished', credited: 90 });
  });

  it('wait for the last word where it cannot, and end without it', async () => {
    const spins = await issuedSpins(app, byEnd, BUDGET);
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'issued', ending: 'expired' });
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'expired', credited: 0 });
    await vi.waitFor(async () => expect(await committedOf(spins)).toBe(0), PATIENCE);
    await expectBalanced(app);
  });

  it('are paid by the last word', async () => {
    const spins = await issuedSpins(app, byEnd);
    await makeDue(app, spins);
    await expectSpins(app, spins, { ending: 'expired' });
    await byEnd.tell({ grantId: spins.grantId, won: 120, played: 4, as: 'expired' });
    await expectSpins(app, spins, { state: 'expired', played: 4, credited: 120 });
  });

  it('end at once when they were never ordered', async () => {
    const spins = await startSpins(app, { name: 'not-connected-either' }, BUDGET);
    await expectSpins(app, spins, { state: 'pending' });
    await makeDue(app, spins);
    await expectSpins(app, spins, { state: 'expired', overAt: expect.any(String) });
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({ status: 'expired' });
    const { rows } = await app.db.query(
      `select state from deliveries where grant_id = $1 and operation = 'issue'`,
      [spins.grantId],
    );
    expect(rows).toEqual([{ state: 'withdrawn' }]);
    await vi.waitFor(async () => expect(await committedOf(spins)).toBe(0), PATIENCE);
    await expectBalanced(app);
  });
});
